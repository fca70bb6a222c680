import type { CodeList, Counterpart } from './code-list.ts';
import { findCycle } from './cycles.ts';
import { byId, type Findings, itemsOf, type Located, labelOf, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import type { CodeListInput, CrosswalkInput } from './shape/code-list-file.ts';

/** Code lists by id: codes are unique, parents exist in the same list without a cycle, validity does not run backwards. */
export const buildCodeLists = (
  findings: Findings,
  inputs: readonly Located<CodeListInput>[],
): Map<string, CodeList> =>
  byId(
    findings,
    'list',
    inputs.map((input) => [input.value.id, buildList(findings, input), placeOf(input, 'id')] as const),
  );

const counterpart = (input: CrosswalkInput[string]): Counterpart => {
  if ('none' in input) return { match: 'none', reason: input.none };
  if ('exact' in input) return { match: 'exact', term: input.exact };
  if ('close' in input) return { match: 'close', term: input.close };
  return { match: 'broad', term: input.broad };
};
const counterparts = (input: CrosswalkInput): ReadonlyMap<string, Counterpart> =>
  new Map(Object.entries(input).map(([vocabulary, said]) => [vocabulary, counterpart(said)]));

const buildList = (findings: Findings, input: Located<CodeListInput>): CodeList => {
  const { id, title, ordered, codes, crosswalk } = input.value;
  const located = itemsOf({ value: codes, source: input.source, path: [...input.path, 'codes'] });
  byId(
    findings,
    'code',
    located.map((c) => [c.value.code, c, placeOf(c, 'code')] as const),
  );
  const parents = new Map(codes.map((c) => [c.code, c.parent]));
  for (const code of located) {
    const { parent, valid_from: from, valid_to: to } = code.value;
    if (parent !== undefined && !parents.has(parent))
      report(
        findings,
        'study_code_unknown',
        { code: parent, list: id, nearest: nearest(parent, parents.keys()) },
        placeOf(code, 'parent'),
      );
    if (from !== undefined && to !== undefined && to <= from)
      report(findings, 'study_dates_reversed', { from, to }, placeOf(code, 'valid_to'));
  }
  const cycle = findCycle(parents.keys(), (code) => {
    const parent = parents.get(code);
    return parent === undefined ? [] : [parent];
  });
  if (cycle !== undefined) {
    const at = located.find((c) => c.value.code === cycle[0]);
    report(findings, 'study_cycle', { path: cycle.join(' → ') }, placeOf(at ?? input, 'parent'));
  }
  return {
    id,
    title: labelOf(findings, title, `list ${id}`),
    ...(ordered === undefined ? {} : { ordered }),
    codes: codes.map((c) => ({
      code: c.code,
      label: labelOf(findings, c.label, `list ${id}.${c.code}`),
      ...(c.parent === undefined ? {} : { parent: c.parent }),
      ...(c.valid_from === undefined ? {} : { validFrom: c.valid_from }),
      ...(c.valid_to === undefined ? {} : { validTo: c.valid_to }),
      crosswalk: counterparts({ ...crosswalk, ...c.crosswalk }),
    })),
  };
};
