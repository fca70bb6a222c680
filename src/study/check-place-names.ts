import { foldedName, LANGUAGES } from '../vocabulary/index.ts';
import type { ListedCode } from './listed-codes.ts';
import { type Findings, type Located, placeOf, report } from './located.ts';

/** A settlement or a unit as its file says it. */
export type PlaceSource = Located<{ readonly aliases?: readonly string[] | undefined }>;

/** Every name that stands for a place: its code, its labels and what else it is called. */
const namesOf = ({ code, label, aliases = [] }: ListedCode): readonly string[] => [
  code,
  ...(label === undefined ? [] : LANGUAGES.map((language) => label[language].text)),
  ...aliases,
];

/**
 * An alias names one place alone: no code, label, former name or alias of another reads the same. Labels may be alike (a city
 * and its unit); such a label is then no name that an import could read.
 */
export const checkPlaceNames = (
  findings: Findings,
  places: readonly ListedCode[],
  sources: ReadonlyMap<string, PlaceSource>,
): void => {
  const owners = new Map<string, string[]>();
  for (const place of places)
    for (const name of new Set(namesOf(place).map(foldedName)))
      owners.set(name, [...(owners.get(name) ?? []), place.code]);
  for (const [code, source] of sources)
    for (const [i, alias] of (source.value.aliases ?? []).entries()) {
      const other = owners.get(foldedName(alias))?.find((owner) => owner !== code);
      if (other !== undefined)
        report(findings, 'study_alias_shared', { alias, place: code, other }, placeOf(source, 'aliases', i));
    }
};
