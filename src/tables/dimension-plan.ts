import type { Column, Snapshot } from '../snapshot/index.ts';
import type { Dimension, Regrouping, Study, TableDefinition } from '../study/index.ts';
import { type Label, parsePartialDate } from '../vocabulary/index.ts';
import type { DimensionShape } from './arrange.ts';
import { calendarColumn, type DaySpan } from './calendar-column.ts';
import { type CodedColumn, codedColumn, type Entry, entriesUsed } from './coded-column.ts';
import { definitionProblem, fieldProblem } from './definition-problem.ts';
import { dimensionLabels } from './dimension-labels.ts';
import { OUTSIDE_PERIODS, periodColumn } from './period-column.ts';
import { OTHER } from './reserved-codes.ts';
import { type TableView, tableView } from './table-view.ts';

export interface Group {
  readonly code: string;
  readonly label: Label;
}

/** One dimension ready to count: every entry of a coded column with the group it falls in. */
export interface DimensionPlan {
  readonly by: string;
  readonly label: Label;
  /** The answers of a scale, in its order. */
  readonly ordered?: true;
  /** Equal keys, equal groups. */
  readonly key: string;
  readonly coded: CodedColumn;
  /** Entry -> group, or -1 for a code that a regrouping drops. */
  readonly groupOf: Int32Array;
  /** In the order of the regrouping or the code list, gaps last. */
  readonly groups: readonly Group[];
  /** Group -> its place among the groups that occur; all that do not occur share the last one, which stays empty. */
  readonly slotOf: Int32Array;
  readonly size: number;
  readonly dimension: Dimension;
  readonly total: boolean;
}

const CALENDAR = ['year', 'quarter', 'month'] as const;
const isCalendar = (by: string): by is (typeof CALENDAR)[number] =>
  (CALENDAR as readonly string[]).includes(by);

const instrumentOf = (study: Study, of: string) =>
  study.instruments.get(of) ?? [...study.instruments.values()].find((i) => of.startsWith(`${i.id}.`));

/** Days of the reporting periods whose ends are known. */
const spansOf = (study: Study): readonly DaySpan[] =>
  study.periods.flatMap(({ start, end }) => {
    const [first, last] = [parsePartialDate(start ?? '')?.firstDay, parsePartialDate(end ?? '')?.lastDay];
    return first === undefined || last === undefined ? [] : [{ first, last }];
  });

/** The column behind a dimension's name; `period`, `unit`, `year`, `quarter` and `month` are names of their own. */
const columnOf = (
  study: Study,
  view: TableView,
  definition: TableDefinition,
  { by, date: asked }: Dimension,
): Column => {
  const own = asked === undefined ? view.column(by === 'unit' ? 'unit_id' : by) : undefined;
  if (own !== undefined) return own;
  const date = asked ?? instrumentOf(study, definition.of)?.dateField;
  const [first, last] = [view.column(date ?? ''), view.column(`${date}.last`)];
  if (first?.kind === 'day') {
    if (by === 'period') return periodColumn(study.periods, first);
    if (isCalendar(by))
      return calendarColumn(by, first, last?.kind === 'day' ? last : undefined, spansOf(study));
  }
  throw fieldProblem(definition, asked ?? by);
};

interface Grouping {
  readonly groups: readonly Group[];
  readonly groupOf: (entry: Entry) => number;
}

/** Each code its own group. */
const ungrouped = (entries: readonly Entry[], labelOf: (code: string) => Label): Grouping => {
  const codes = entries.map((e) => e.code).filter((code) => code !== OUTSIDE_PERIODS);
  const index = new Map(codes.map((code, i) => [code, i]));
  return {
    groups: codes.map((code) => ({ code, label: labelOf(code) })),
    groupOf: ({ code }) => index.get(code) ?? -1,
  };
};

const regrouped = (
  definition: TableDefinition,
  { groups: named, rest }: Regrouping,
  entries: readonly Entry[],
  labelOf: (code: string) => Label,
): Grouping => {
  const groups: Group[] = named.map(({ code, label }) => ({ code, label }));
  const index = new Map<string, number>();
  named.forEach(({ of }, i) => {
    for (const code of of) {
      // Groups that overlap would count a row twice and no total would foot.
      if (index.has(code)) throw definitionProblem(definition, 'groups_overlap', code);
      index.set(code, i);
    }
  });
  const own = (code: string, label: Label): number => {
    const at = groups.findIndex((g) => g.code === code);
    return at >= 0 ? at : groups.push({ code, label }) - 1;
  };
  for (const entry of entries) {
    if (index.has(entry.code) || entry.code === OUTSIDE_PERIODS) continue;
    if (entry.missing !== undefined || rest === 'keep')
      index.set(entry.code, own(entry.code, labelOf(entry.code)));
    else index.set(entry.code, rest === 'other' ? own(OTHER, labelOf(OTHER)) : -1);
  }
  return { groups, groupOf: ({ code }) => index.get(code) ?? -1 };
};

/** Codes that no row has need no cells of their own: a list of settlements is long, the settlements with cases are few. */
const packed = (
  coded: CodedColumn,
  groupOf: Int32Array,
  groups: number,
): { readonly slotOf: Int32Array; readonly size: number } => {
  const slotOf = new Int32Array(groups).fill(-1);
  let used = 0;
  for (const [entry, occurs] of entriesUsed(coded).entries()) {
    const group = groupOf[entry] as number;
    if (occurs === 1 && group >= 0 && slotOf[group] === -1) slotOf[group] = used++;
  }
  const size = used < groups ? used + 1 : used;
  return { slotOf: slotOf.map((slot) => (slot === -1 ? used : slot)), size };
};

/** Plans a dimension. Throws ProblemError when the field is unknown or may not be published, or when groups overlap. */
export const planDimension = (
  study: Study,
  view: TableView,
  definition: TableDefinition,
  dimension: Dimension,
): DimensionPlan => {
  const { by, date, regroup } = dimension;
  const coded = codedColumn(columnOf(study, view, definition, dimension));
  const { label, labelOf, described, ordered } = dimensionLabels(study, definition, dimension);
  if (described !== undefined && described.sensitivity !== 'statistical')
    throw definitionProblem(definition, 'dimension_restricted', by);
  const groups = rememberGroups(
    study,
    view,
    `${date === undefined ? by : `${by} of ${date}`}|${regroup ?? ''}`,
    () => groupsOf(study, definition, regroup, coded, labelOf),
  );
  const total = definition.totals.includes(by);
  return { by, label, coded, ...groups, dimension, total, ...(ordered === undefined ? {} : { ordered }) };
};

type GroupPlan = Pick<DimensionPlan, 'key' | 'groupOf' | 'groups' | 'slotOf' | 'size'>;

const groupsOf = (
  study: Study,
  definition: TableDefinition,
  regroup: string | undefined,
  coded: CodedColumn,
  labelOf: (code: string) => Label,
): Omit<GroupPlan, 'key'> => {
  const regrouping = regroup === undefined ? undefined : study.regroupings.get(regroup);
  if (regroup !== undefined && regrouping === undefined)
    throw definitionProblem(definition, 'regrouping_unknown', regroup);
  const { groups, groupOf } =
    regrouping === undefined
      ? ungrouped(coded.entries, labelOf)
      : regrouped(definition, regrouping, coded.entries, labelOf);
  const groupOfEntry = Int32Array.from(coded.entries, groupOf);
  return { groupOf: groupOfEntry, groups, ...packed(coded, groupOfEntry, groups.length) };
};

const known = new WeakMap<Study, WeakMap<TableView, Map<string, GroupPlan>>>();
/** Most tables of a study have the same few dimensions. */
const rememberGroups = (
  study: Study,
  view: TableView,
  key: string,
  make: () => Omit<GroupPlan, 'key'>,
): GroupPlan => {
  const ofStudy = known.get(study) ?? new WeakMap<TableView, Map<string, GroupPlan>>();
  known.set(study, ofStudy);
  const ofView = ofStudy.get(view) ?? new Map<string, GroupPlan>();
  ofStudy.set(view, ofView);
  const found = ofView.get(key) ?? { key, ...make() };
  ofView.set(key, found);
  return found;
};

/** The groups of every dimension of a definition, for an engine that finds the group of a row by itself. */
export const dimensionShapes = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
): readonly DimensionShape[] => {
  const view = tableView(snapshot, definition.of);
  if (view === undefined) throw definitionProblem(definition, 'table_unknown', definition.of);
  return definition.dimensions.map((dimension) => {
    const { by, label, groups, total, ordered } = planDimension(study, view, definition, dimension);
    return { by, label, groups, dimension, total, ...(ordered === undefined ? {} : { ordered }) };
  });
};
