import type { Study } from '../../study/index.ts';
import type { Table } from '../../tables/index.ts';
import {
  type Label,
  type Language,
  labelText,
  type MessageArguments,
  type Messages,
  needsReview,
  type Period,
  type Problem,
  type ProblemCode,
  type ProblemDetails,
  type ProblemPlace,
  problem,
} from '../../vocabulary/index.ts';
import type { Footnote, NumberTrace } from '../document.ts';
import type { FigureSource } from '../figure-source.ts';
import type { ReportSource } from '../source/read-source.ts';
import type { Numbering } from './numbering.ts';
import { withYearRanges } from './typeset.ts';

/** What a report says about the snapshot that its tables were counted from; a snapshot's manifest has all of it. */
export interface CountedSnapshot {
  readonly id: string;
  readonly logSize: number;
  readonly logRoot: string;
  readonly counted: string;
  /** Snapshot table -> rows. */
  readonly rows: Readonly<Record<string, number>>;
  readonly exclusions: readonly unknown[];
  readonly conflicts: readonly unknown[];
  readonly engine: string;
  readonly synthetic: boolean;
}

/** What a report is built from: everything is given, nothing is read or fetched. */
export interface ReportInput {
  readonly study: Study;
  readonly snapshot: CountedSnapshot;
  /** Counted tables of the study, any order. */
  readonly tables: readonly Table[];
  readonly figures: FigureSource;
  readonly source: ReportSource;
  readonly language: Language;
  readonly period: Period;
  readonly messages: Messages;
  /** Name of the organisation, for the cover. */
  readonly organisation: string;
}

/** The input with what is gathered while the text is bound to its cells. */
export interface Binding extends ReportInput {
  readonly byId: ReadonlyMap<string, Table>;
  readonly numbering: Numbering;
  readonly problems: Problem[];
  readonly traces: Map<string, NumberTrace>;
  readonly footnotes: Footnote[];
  /** Labels whose translation is a draft, as met in the text and tables. */
  readonly drafts: Set<string>;
}

/** What can put labels and texts of the catalogue in words: a binding, or the site that shows a table. */
export interface Speaker extends Pick<ReportInput, 'messages' | 'language'> {
  readonly drafts?: Set<string>;
}

/** All periods of a study as one, from the first day of the first to the last day of the last. */
const wholeStudy = ({ id, periods }: Study): Period => {
  const [start, end] = [periods.at(0)?.start, periods.at(-1)?.end];
  return { id, ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
};

export const startBinding = (input: ReportInput, numbering: Numbering): Binding => {
  const tables = input.tables.map(withYearRanges);
  return {
    ...input,
    period: input.source.frontMatter.covers === 'study' ? wholeStudy(input.study) : input.period,
    tables,
    byId: new Map(tables.map((t) => [t.id, t])),
    numbering,
    problems: [],
    traces: new Map(),
    footnotes: [],
    drafts: new Set(),
  };
};

export const fail = (
  binding: Binding,
  code: ProblemCode,
  details: ProblemDetails,
  at: ProblemPlace,
): void => {
  binding.problems.push(problem(code, details, at));
};

/** A binding that prints nothing: the reason is one of the words of `problem.report_binding_broken.says`. */
export const broken = (
  binding: Binding,
  at: ProblemPlace,
  address: string,
  reason: string,
  more: { readonly detail?: string; readonly known?: readonly string[] } = {},
): void => {
  const known =
    more.known === undefined || more.known.length === 0 ? 'none' : more.known.slice(0, 24).join(', ');
  fail(binding, 'report_binding_broken', { address, reason, detail: more.detail ?? '', known }, at);
};

/** A fixed text of the catalogue in the report's language. */
export const say = ({ messages, language }: Speaker, id: string, args?: MessageArguments): string =>
  messages(language, id, args);

/** A label in the report's language; a draft is printed and remembered, so that the report can say so. */
export const labelled = ({ language, drafts }: Speaker, label: Label): string => {
  const text = labelText(label, language);
  if (needsReview(label, language)) drafts?.add(text);
  return text;
};

/** `{period}` stands for the period the report is built for. */
export const withPeriod = (binding: Binding, text: string): string =>
  text.replaceAll('{period}', binding.period.id);
