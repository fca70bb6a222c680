import type { WireCodebook, WireColumn, WireOverview, WireStudy } from '../contract/index.ts';
import { REPORT_FORMATS } from '../report/index.ts';
import type { Column, SnapshotTable } from '../snapshot/index.ts';
import {
  codesOf,
  type Field,
  type Instrument,
  type Study,
  type StudyColumn,
  snapshotColumnsOf,
  tablesOf,
} from '../study/index.ts';
import { DIMENSION_LABELS } from '../tables/index.ts';
import { LANGUAGES, type Language, labelText, needsReview } from '../vocabulary/index.ts';
import type { ServedStudy } from './served-study.ts';
import type { Words } from './words.ts';

export const wireStudy = (
  { study, snapshot, tables, reportPeriods }: ServedStudy,
  { language }: Words,
): WireStudy => ({
  id: study.id,
  version: study.version,
  title: labelText(study.title, language),
  synthetic: snapshot.manifest.synthetic,
  records: [...study.instruments.keys()].reduce((sum, id) => sum + (snapshot.manifest.rows[id] ?? 0), 0),
  tables: tables.length,
  reports: reportPeriods.flatMap((period) =>
    LANGUAGES.flatMap((lang) =>
      REPORT_FORMATS.map((format) => ({
        period,
        language: lang,
        format,
        href: `/reports/${study.id}/${period}/report.${lang}.${format}`,
      })),
    ),
  ),
});

/** Codes of a column that occur, in the order of their list. */
const codesIn = (
  study: Study,
  column: StudyColumn,
  values: Column | undefined,
  language: Language,
): WireColumn['codes'] => {
  if (values?.kind !== 'code') return [];
  const found = new Set(values.values.filter((_, row) => (values.missing?.[row] ?? 0) === 0));
  const list = column.codeList === undefined ? undefined : codesOf(study, column.codeList);
  return values.dictionary.flatMap((code, i) => {
    const label = list?.find((c) => c.code === code)?.label;
    return found.has(i) ? [{ code, text: label === undefined ? code : labelText(label, language) }] : [];
  });
};

/** Columns that a cross-tab may use, in the reader's words. */
const usable = (study: Study, table: SnapshotTable, { language }: Words): readonly WireColumn[] =>
  (snapshotColumnsOf(study, table.id) ?? []).flatMap((c): readonly WireColumn[] => {
    const path = c.path === 'unit_id' ? 'unit' : c.path;
    const standard = DIMENSION_LABELS.get(path);
    const label = c.field?.label ?? standard;
    if (c.sensitivity !== 'statistical' || label === undefined || (c.type !== 'code' && c.type !== 'number'))
      return [];
    const part =
      c.field !== undefined && c.path.length > c.field.path.length
        ? `: ${c.path.slice(c.field.path.length + 1)}`
        : '';
    const title = `${labelText(label, language)}${part}`;
    return [
      {
        path,
        field: c.path,
        title,
        kind: c.type,
        codes: codesIn(study, c, table.columns.get(c.path), language),
      },
    ];
  });

/** Parts of the calendar, where the records of a table have a date. */
const calendar = (study: Study, table: string, { language }: Words): readonly WireColumn[] =>
  study.instruments.get(table)?.dateField === undefined
    ? []
    : (['month', 'quarter', 'year'] as const).map((path) => {
        const label = DIMENSION_LABELS.get(path);
        return {
          path,
          field: path,
          title: label === undefined ? path : labelText(label, language),
          kind: 'time',
          codes: [],
        };
      });

/** Instruments, the one that most tables count first: it is what a reader looks for. */
const byUse = (study: Study): readonly Instrument[] => {
  const uses = ({ id }: Instrument): number => study.tables.filter((t) => t.of.split('.')[0] === id).length;
  return [...study.instruments.values()].toSorted((a, b) => uses(b) - uses(a));
};

/** Tables of the snapshot that have rows, with what a cross-tab can use of them. Records stand before their parts. */
const countable = ({ study, snapshot }: ServedStudy, words: Words): WireOverview['countable'] =>
  byUse(study).flatMap((instrument) =>
    tablesOf(instrument).flatMap((id) => {
      const table = snapshot.tables.get(id);
      if (table === undefined || table.rows === 0) return [];
      const field = instrument.fields.find((f) => id === `${instrument.id}.${f.path}`);
      const title = labelText(instrument.title, words.language);
      return [
        {
          table: id,
          title: field === undefined ? title : `${title}: ${labelText(field.label, words.language)}`,
          rows: table.rows,
          columns: [...usable(study, table, words), ...calendar(study, id, words)],
        },
      ];
    }),
  );

const sectionOf = (study: Study, id: string, { messages, language }: Words): string => {
  const section = study.tables.find((t) => t.id === id)?.section;
  return messages(language, `section.${section ?? 'none'}`);
};

export const wireOverview = (served: ServedStudy, words: Words): WireOverview => {
  const { study, snapshot, tables } = served;
  const {
    id: snapshotId,
    logSize,
    logRoot,
    counted,
    rows,
    exclusions,
    conflicts,
    engine,
    synthetic,
  } = snapshot.manifest;
  const { language } = words;
  return {
    id: study.id,
    title: labelText(study.title, language),
    snapshot: {
      id: snapshotId,
      logSize,
      logRoot,
      counted,
      rows,
      exclusions: exclusions.length,
      conflicts: conflicts.length,
      engine,
      synthetic,
    },
    tables: tables.map((table) => ({
      id: table.id,
      title: labelText(table.title, language),
      draft: needsReview(table.title, language),
      section: sectionOf(study, table.id, words),
      dimensions: table.dimensions.map((d) => labelText(d.label, language)),
    })),
    countable: countable(served, words),
  };
};

const wireField = (field: Field, words: Words): WireCodebook['instruments'][number]['fields'] => {
  const { language } = words;
  return [
    {
      path: field.path,
      title: labelText(field.label, language),
      draft: needsReview(field.label, language),
      ...(field.hint === undefined ? {} : { hint: labelText(field.hint, language) }),
      type: field.type,
      sensitivity: field.sensitivity,
      required: field.required,
      ...(field.codeList === undefined ? {} : { codeList: field.codeList }),
      ...(field.relevant === undefined ? {} : { relevant: field.relevant.source }),
    },
    ...(field.fields ?? []).flatMap((inner) =>
      wireField({ ...inner, path: `${field.path}.${inner.path}` }, words),
    ),
  ];
};

/** Every field with its class, every code list with its labels. Identity fields are named; they have no values here. */
export const wireCodebook = ({ study }: ServedStudy, words: Words): WireCodebook => {
  const { language } = words;
  return {
    instruments: [...study.instruments.values()].map((i) => ({
      id: i.id,
      title: labelText(i.title, language),
      unit: i.unit,
      fields: i.fields.flatMap((f) => wireField(f, words)),
    })),
    codeLists: [...study.codeLists.values()].map((l) => ({
      id: l.id,
      title: labelText(l.title, language),
      codes: l.codes.map((c) => ({
        code: c.code,
        text: labelText(c.label, language),
        draft: needsReview(c.label, language),
      })),
    })),
  };
};
