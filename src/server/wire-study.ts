import type { WireCodebook, WireOverview, WireStudy } from '../contract/index.ts';
import { REPORT_FORMATS } from '../report/index.ts';
import { type Field, snapshotColumnsOf, type Study, tablesOf } from '../study/index.ts';
import { LANGUAGES, labelText, needsReview } from '../vocabulary/index.ts';
import type { ServedStudy } from './served-study.ts';
import type { Words } from './wire-table.ts';

export const wireStudy = ({ study, snapshot, reportPeriods }: ServedStudy, { language }: Words): WireStudy => ({
  id: study.id,
  version: study.version,
  title: labelText(study.title, language),
  periods: snapshot.manifest.periods.length > 0 ? snapshot.manifest.periods : study.periods.map((p) => p.id),
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

/** Snapshot tables and their statistical columns, for the cross-tab builder. */
const countable = (study: Study, { language }: Words): WireOverview['countable'] =>
  [...study.instruments.values()].flatMap((instrument) =>
    tablesOf(instrument).map((table) => {
      const field = instrument.fields.find((f) => table === `${instrument.id}.${f.path}`);
      const title = labelText(instrument.title, language);
      return {
        table,
        title: field === undefined ? title : `${title}: ${labelText(field.label, language)}`,
        columns: (snapshotColumnsOf(study, table) ?? []).flatMap((c) => {
          if (c.sensitivity !== 'statistical' || (c.type !== 'code' && c.type !== 'number')) return [];
          if (c.field === undefined && c.path !== 'period' && c.path !== 'unit_id') return [];
          const part = c.field !== undefined && c.path.length > c.field.path.length ? `: ${c.path.slice(c.field.path.length + 1)}` : '';
          const name = c.field === undefined ? c.path : `${labelText(c.field.label, language)}${part}`;
          return [{ path: c.path === 'unit_id' ? 'unit' : c.path, title: name, kind: c.type }];
        }),
      };
    }),
  );

export const wireOverview = (served: ServedStudy, words: Words): WireOverview => {
  const { study, snapshot, tables } = served;
  const { id, logSize, logRoot, counted, rows, exclusions, conflicts, engine, synthetic } = snapshot.manifest;
  const { language } = words;
  return {
    ...wireStudy(served, words),
    snapshot: { id, logSize, logRoot, counted, rows, exclusions: exclusions.length, conflicts: conflicts.length, engine, synthetic },
    tables: tables.map((table) => ({
      id: table.id,
      title: labelText(table.title, language),
      draft: needsReview(table.title, language),
      section: study.tables.find((t) => t.id === table.id)?.section ?? '',
      unit: table.unit,
      dimensions: table.dimensions.map((d) => labelText(d.label, language)),
    })),
    countable: countable(study, words),
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
    ...(field.fields ?? []).flatMap((inner) => wireField({ ...inner, path: `${field.path}.${inner.path}` }, words)),
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
      codes: l.codes.map((c) => ({ code: c.code, text: labelText(c.label, language), draft: needsReview(c.label, language) })),
    })),
  };
};
