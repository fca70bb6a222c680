import type { SheetCell } from '../sheets/index.ts';
import {
  cleanWord,
  EVIDENCE_STATES,
  type EvidenceState,
  type Problem,
  problem,
} from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import type { Columns } from './header.ts';
import type { ColumnRule, PersonRule } from './mapping.ts';
import { dateReader } from './parse-date.ts';

/** Who stands behind a row. A voucher is named by the mapping or the file, never made up. */
export interface RowReview {
  readonly author: string;
  readonly submittedOn?: string;
  readonly vouchedBy?: string;
  readonly verifiedOn?: string;
  readonly evidence?: EvidenceState;
}
export type ReadReview = (cells: readonly SheetCell[], row: number, problems: Problem[]) => RowReview;

/** A code of a person: a name with spaces or of other letters would be an identity in plain text. */
const PERSON = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The code for what is written; the written word itself where the mapping lists none. */
const listed = (values: Readonly<Record<string, string>> | undefined, written: string): string =>
  values !== undefined && Object.hasOwn(values, written) ? (values[written] ?? written) : written;

const textAt = (cells: readonly SheetCell[], columns: Columns, from: string): string => {
  const cell = cells[columns.get(cleanWord(from)) ?? -1];
  return cell === undefined || typeof cell === 'object' ? '' : cleanWord(String(cell));
};

/** Who filled a row, who verified it, when, and how strong the evidence is, by the mapping's `review`. */
export const reviewReader = ({ mapping }: BoundMapping, columns: Columns): ReadReview => {
  const {
    author,
    vouched_by: voucher,
    submitted_on: submitted,
    verified_on: verified,
    evidence,
    state,
  } = mapping.review;
  return (cells, row, problems) => {
    const person = (rule: PersonRule): string => {
      const written = rule.constant ?? textAt(cells, columns, rule.from ?? '');
      const code = listed(rule.values, written);
      if (!PERSON.test(code))
        problems.push(
          problem(
            'import_person_code',
            { column: rule.from ?? 'review', written: written === '' ? 'nothing' : 'something' },
            { row, field: rule.from ?? 'review' },
          ),
        );
      return code;
    };
    const day = (rule: ColumnRule | undefined): string | undefined => {
      if (rule === undefined) return undefined;
      const column = typeof rule.from === 'string' ? rule.from : '';
      const cell = cells[columns.get(cleanWord(column)) ?? -1];
      const written =
        rule.constant ??
        (typeof cell === 'object' && 'date' in cell
          ? cell.date.slice(0, 10)
          : textAt(cells, columns, column));
      const parsed =
        typeof cell === 'object' ? dateReader(undefined)(written) : dateReader(rule.parse?.date)(written);
      if (parsed !== undefined && 'iso' in parsed && parsed.iso.length === 10) return parsed.iso;
      const details = { column, value: written, expected: 'date', format: rule.parse?.date ?? 'YYYY-MM-DD' };
      problems.push(problem('import_value_type', details, { row, field: column }));
      return undefined;
    };
    const graded = (): EvidenceState | undefined => {
      if (evidence === undefined) return undefined;
      const written = evidence.constant ?? textAt(cells, columns, evidence.from ?? '');
      const code = EVIDENCE_STATES.find((s) => s === listed(evidence.values, written));
      const column = evidence.from ?? 'review';
      if (code === undefined)
        problems.push(
          problem(
            'import_code_unknown',
            { column, value: written, list: 'evidence_states', nearest: 'none' },
            { row, field: column },
          ),
        );
      return code;
    };
    const by = person(author);
    const vouchedBy = state === 'verified' && voucher !== undefined ? person(voucher) : undefined;
    if (vouchedBy === by && PERSON.test(by))
      problems.push(problem('import_same_person', { person: by }, { row }));
    const found = { submittedOn: day(submitted), vouchedBy, verifiedOn: day(verified), evidence: graded() };
    return {
      author: by,
      ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
    };
  };
};
