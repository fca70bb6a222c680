import {
  codesOf,
  columnsOf,
  type Dimension,
  type Study,
  type StudyColumn,
  type TableDefinition,
} from '../study/index.ts';
import { type Label, unitNameOn } from '../vocabulary/index.ts';
import { monthLabel } from './calendar-label.ts';
import { DIMENSION_LABELS, plainLabel, RESERVED_LABELS, STATE_LABELS } from './reserved-codes.ts';

/** What a dimension's codes are called, and in which order its list has them. */
export interface DimensionLabels {
  readonly label: Label;
  readonly labelOf: (code: string) => Label;
  /** Codes of the regrouping, then those of the code list. */
  readonly listed: readonly string[];
  /** The codes are the answers of a scale, in its order. */
  readonly ordered?: true;
  /** The described column; absent for calendar parts. */
  readonly described?: StudyColumn;
}

const columns = new WeakMap<Study, Map<string, ReadonlyMap<string, StudyColumn>>>();
/** Columns that a table may name, by path; asked for by every dimension of every table. */
export const columnsByPath = (study: Study, table: string): ReadonlyMap<string, StudyColumn> => {
  const known = columns.get(study) ?? new Map<string, ReadonlyMap<string, StudyColumn>>();
  columns.set(study, known);
  let found = known.get(table);
  if (found === undefined)
    known.set(table, (found = new Map((columnsOf(study, table) ?? []).map((c) => [c.path, c]))));
  return found;
};

const UNALLOCATED = ':unallocated';
/** A unit-only place from before a split belongs to no unit of today (methodology 8.1). */
const unallocated = (label: Label): Label => ({
  kk: { text: `${label.kk.text} (бөлінбеген)`, review: 'needed' },
  ru: { text: `${label.ru.text} (не распределено)` },
  en: { text: `${label.en.text} (unallocated)` },
});

/** A unit by its name at the end of the study's last period; of a harmonised division by today's. */
const unitThen = (study: Study, code: string): { readonly label?: Label } => {
  const unit = study.geography.units.get(code);
  const end = study.vintage === 'as_of_event' ? study.periods.findLast((p) => p.end)?.end : undefined;
  return unit === undefined ? {} : { label: unitNameOn(unit, end).label };
};

const labels = new WeakMap<Study, Map<string, DimensionLabels>>();

/** Labels of a dimension of a table; worked out once a study, since most tables have the same few. */
export const dimensionLabels = (
  study: Study,
  { of }: TableDefinition,
  { by, regroup }: Dimension,
): DimensionLabels => {
  const known = labels.get(study) ?? new Map<string, DimensionLabels>();
  labels.set(study, known);
  const key = `${of} ${by} ${regroup ?? ''}`;
  const found = known.get(key) ?? makeLabels(study, of, by, regroup);
  known.set(key, found);
  return found;
};

/** Labels of a dimension, from the regrouping and the code list; else the reserved codes, else the code itself. */
const makeLabels = (study: Study, of: string, by: string, regroup: string | undefined): DimensionLabels => {
  const described = columnsByPath(study, of).get(by === 'unit' ? 'unit_id' : by);
  const groups = regroup === undefined ? [] : (study.regroupings.get(regroup)?.groups ?? []);
  const codes = (described?.codeList === undefined ? [] : (codesOf(study, described.codeList) ?? [])).map(
    (code) => (by === 'unit' ? { ...code, ...unitThen(study, code.code) } : code),
  );
  const isScale = regroup === undefined && study.codeLists.get(described?.codeList ?? '')?.ordered === true;
  const named = new Map([...codes, ...groups].map((c) => [c.code, c.label]));
  return {
    label: DIMENSION_LABELS.get(by) ?? described?.field?.label ?? plainLabel(by),
    labelOf: (code) => {
      const whole = code.endsWith(UNALLOCATED) ? named.get(code.slice(0, -UNALLOCATED.length)) : undefined;
      return (
        named.get(code) ??
        (whole && unallocated(whole)) ??
        STATE_LABELS.get(described?.codeList ?? '')?.[code] ??
        RESERVED_LABELS.get(code) ??
        (by === 'month' ? monthLabel(code) : undefined) ??
        (by === 'period' ? study.periods.find((p) => p.id === code)?.label : undefined) ??
        plainLabel(code)
      );
    },
    listed: [...groups.map((g) => g.code), ...codes.map((c) => c.code)],
    ...(isScale ? { ordered: true } : {}),
    ...(described === undefined ? {} : { described }),
  };
};
