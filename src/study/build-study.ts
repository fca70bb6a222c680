import {
  type Fraction,
  type Label,
  type Period,
  parseDecimal,
  parsePartialDate,
} from '../vocabulary/index.ts';
import type { Instrument } from './instrument.ts';
import { type CodeSource, codesOf } from './listed-codes.ts';
import { byId, type Findings, itemsOf, type Located, labelOf, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import type { BreakInput, RegroupingInput, WordInput } from './shape/reading-files.ts';
import type { StudyInput } from './shape/study-file.ts';
import type { CountedRule, Regrouping, SeriesBreak } from './study.ts';

/** Months are written as decimals and kept exact. */
const months = (value: number): Fraction => parseDecimal(String(value));

/** Reporting periods: unique, not backwards, exposure with its bounds in order. */
export const buildPeriods = (findings: Findings, study: Located<StudyInput>): readonly Period[] => {
  const items = itemsOf({ value: study.value.periods ?? [], source: study.source, path: ['periods'] });
  byId(
    findings,
    'period',
    items.map((p) => [p.value.id, p, placeOf(p, 'id')] as const),
  );
  return items.map((item) => {
    const { id, start, end, exposure, label } = item.value;
    if (start !== undefined && end !== undefined && end < start)
      report(findings, 'study_dates_reversed', { from: start, to: end }, placeOf(item, 'end'));
    if (
      exposure !== undefined &&
      ((exposure.low ?? 0) > exposure.months || (exposure.high ?? exposure.months) < exposure.months)
    )
      report(
        findings,
        'study_dates_reversed',
        { from: exposure.low ?? exposure.months, to: exposure.high ?? exposure.months },
        placeOf(item, 'exposure'),
      );
    return {
      id,
      ...(label === undefined ? {} : { label: labelOf(findings, label, `periods/${id}`) }),
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      ...(exposure === undefined
        ? {}
        : {
            exposure: {
              months: months(exposure.months),
              source: exposure.source,
              ...(exposure.low === undefined ? {} : { low: months(exposure.low) }),
              ...(exposure.high === undefined ? {} : { high: months(exposure.high) }),
            },
          }),
    };
  });
};

/** What counts unless the study says otherwise: verified by a second person, resting on at least one source. */
const DEFAULT_COUNTED = { review: ['verified'], evidence: '>= single_source' } as const;

/** The `counted` rule: its fields are coded fields of some instrument of the study, its codes are in their lists. */
export const buildCounted = (
  findings: Findings,
  study: Located<StudyInput>,
  instruments: Iterable<Instrument>,
  source: CodeSource,
): CountedRule => {
  const {
    review = DEFAULT_COUNTED.review,
    evidence = DEFAULT_COUNTED.evidence,
    ...fields
  } = study.value.counted ?? {};
  const all = [...instruments].flatMap((i) => i.fields);
  for (const [name, codes] of Object.entries(fields)) {
    const field = all.find((f) => f.path === name && f.type === 'select_one');
    if (field === undefined) {
      const known = all.filter((f) => f.type === 'select_one').map((f) => f.path);
      report(
        findings,
        'study_field_unknown',
        { field: name, table: study.value.id, nearest: nearest(name, known) },
        study.source.atKey(['counted', name]),
      );
      continue;
    }
    if (field.sensitivity === 'identity')
      report(findings, 'snapshot_identity_field', { field: name }, study.source.atKey(['counted', name]));
    const list = new Set(codesOf(source, field.codeList ?? '')?.map((c) => c.code));
    for (const [i, code] of codes.entries())
      if (!list.has(code))
        report(
          findings,
          'study_code_unknown',
          { code, list: field.codeList ?? '', nearest: nearest(code, list) },
          study.source.at(['counted', name, i]),
        );
  }
  return { review, evidence, fields: new Map(Object.entries(fields)) };
};

/** Regroupings: a code is in one group only, and exists in the list when the regrouping names one. */
export const buildRegroupings = (
  findings: Findings,
  inputs: readonly Located<RegroupingInput>[],
  source: CodeSource,
): ReadonlyMap<string, Regrouping> =>
  byId(
    findings,
    'regrouping',
    inputs.map((input) => {
      const { id, list, rest, groups } = input.value;
      const codes = list === undefined ? undefined : codesOf(source, list);
      if (list !== undefined && codes === undefined)
        report(
          findings,
          'study_name_unknown',
          { kind: 'list', name: list, nearest: nearest(list, source.codeLists.keys()) },
          placeOf(input, 'list'),
        );
      const known = codes === undefined ? undefined : new Set(codes.map((c) => c.code));
      const seen = new Set<string>();
      for (const [g, group] of groups.entries())
        for (const [i, code] of group.of.entries()) {
          if (known !== undefined && !known.has(code))
            report(
              findings,
              'study_code_unknown',
              { code, list: list ?? '', nearest: nearest(code, known) },
              placeOf(input, 'groups', g, 'of', i),
            );
          if (seen.has(code))
            report(
              findings,
              'study_name_twice',
              { kind: 'code', name: code },
              placeOf(input, 'groups', g, 'of', i),
            );
          seen.add(code);
        }
      const regrouping: Regrouping = {
        id,
        rest,
        groups: groups.map((g) => ({
          code: g.code,
          of: g.of,
          label: labelOf(findings, g.label, `regrouping ${id}.${g.code}`),
        })),
      };
      return [id, regrouping, placeOf(input, 'id')] as const;
    }),
  );

/** Breaks of series: at a day or a period that exists, over tables that exist. */
export const buildBreaks = (
  findings: Findings,
  inputs: readonly Located<BreakInput>[],
  periods: readonly Period[],
  tables: ReadonlySet<string>,
): readonly SeriesBreak[] => [
  ...byId(
    findings,
    'break',
    inputs.map((input) => {
      const { id, at, kind, label, tables: touched = [] } = input.value;
      if (parsePartialDate(at)?.precision !== 'day' && !periods.some((p) => p.id === at))
        report(
          findings,
          'study_name_unknown',
          {
            kind: 'period',
            name: at,
            nearest: nearest(
              at,
              periods.map((p) => p.id),
            ),
          },
          placeOf(input, 'at'),
        );
      for (const [i, table] of touched.entries())
        if (!tables.has(table))
          report(
            findings,
            'study_name_unknown',
            { kind: 'table', name: table, nearest: nearest(table, tables) },
            placeOf(input, 'tables', i),
          );
      return [
        id,
        { id, at, kind, label: labelOf(findings, label, `break ${id}`), tables: touched },
        placeOf(input, 'id'),
      ] as const;
    }),
  ).values(),
];

/** A study's own units and nouns, by message id. */
export const buildWords = (
  findings: Findings,
  words: readonly Located<WordInput>[],
): ReadonlyMap<string, Label> =>
  byId(
    findings,
    'word',
    words.map((w) => [w.value.id, labelOf(findings, w.value.text, w.value.id), placeOf(w, 'id')] as const),
  );
