import {
  EVIDENCE_STATES,
  type Geography,
  LANGUAGES,
  type Label,
  REVIEW_STATES,
} from '../vocabulary/index.ts';
import type { CodeList } from './code-list.ts';

/** Code lists that every study has: settlements and `unit:<id>`, first-level units, periods and the two axes of a record. */
export const PLACES = 'settlements_and_units';
export const UNITS = 'units';
export const PERIODS = 'periods';
export const REVIEW = 'review_states';
export const EVIDENCE = 'evidence_states';

/** Written before the id of a first-level unit when a record knows no settlement: places and units are two namespaces. */
export const UNIT_PREFIX = 'unit:';

/** A code as a list shows it; built-in lists of states have no label here (they are words of the catalogue). */
export interface ListedCode {
  readonly code: string;
  readonly label?: Label;
  readonly parent?: string;
  /** Other names of it that a table may have: of other times, in other spellings. */
  readonly aliases?: readonly string[];
}

/** What `codesOf` needs of a study. */
export interface CodeSource {
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly geography: Geography;
  readonly periods: readonly { readonly id: string }[];
}

/** The codes of a list in its order, built-in lists too; undefined when there is no such list. */
export const codesOf = (study: CodeSource, list: string): readonly ListedCode[] | undefined => {
  const { settlements, units } = study.geography;
  switch (list) {
    case PLACES:
      return [
        ...[...settlements.values()].map(({ id, label, aliases = [] }) => ({ code: id, label, aliases })),
        ...[...units.values()].map(({ id, label, names = [], aliases = [] }) => ({
          code: `${UNIT_PREFIX}${id}`,
          label,
          aliases: [...names.flatMap((name) => LANGUAGES.map((l) => name.label[l].text)), ...aliases],
        })),
      ];
    case UNITS:
      return [...units.values()].map(({ id, label }) => ({ code: id, label }));
    case PERIODS:
      return study.periods.map(({ id }) => ({ code: id }));
    case REVIEW:
      return REVIEW_STATES.map((code) => ({ code }));
    case EVIDENCE:
      return EVIDENCE_STATES.map((code) => ({ code }));
    default:
      return study.codeLists.get(list)?.codes;
  }
};
