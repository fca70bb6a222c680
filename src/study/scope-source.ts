import { parseSyntax } from './parse-expression.ts';
import type { ScopeSource } from './scope.ts';
import type { Study } from './study.ts';

/** What expressions may name in a checked study, e.g. for a filter that a person writes on screen. */
export const scopeSourceOf = (study: Study): ScopeSource => ({
  instruments: study.instruments,
  codeLists: study.codeLists,
  geography: study.geography,
  periods: study.periods,
  conditionSyntax: new Map(
    [...study.conditions].map(([id, c]) => [
      id,
      { instrument: c.instrument, root: parseSyntax(c.expression.source) },
    ]),
  ),
  faultyConditions: new Set(),
});
