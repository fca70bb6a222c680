import type { Problem } from '../vocabulary/index.ts';
import { buildTable } from './build-tables.ts';
import type { Findings } from './located.ts';
import { readShape } from './read-shape.ts';
import { scopeOf } from './scope.ts';
import { scopeSourceOf } from './scope-source.ts';
import { TableShape } from './shape/table-file.ts';
import type { Study } from './study.ts';
import type { TableDefinition } from './table-definition.ts';
import { type TypedExpression, typeExpression } from './type-expression.ts';
import type { ValueType } from './typing.ts';
import { readYaml } from './yaml-source.ts';

/**
 * Reads one table definition outside a study's files, in the same form (YAML or JSON), against a checked study: the
 * cross-tab a person asks for on screen. `name` stands for the file in problems.
 */
export const readTable = (
  study: Study,
  text: string,
  name: string,
): { readonly table?: TableDefinition; readonly problems: readonly Problem[] } => {
  const yaml = readYaml(name, text);
  if (yaml.source === undefined) return { problems: yaml.problems };
  const shape = readShape(TableShape, yaml.source);
  if (shape.value === undefined) return { problems: shape.problems };
  const findings: Findings = { problems: [...shape.problems], reviewNeeded: [] };
  const around = {
    ...scopeSourceOf(study),
    regroupings: study.regroupings,
    publishedFiles: new Set(study.published.map((f) => f.id)),
  };
  const table = buildTable(findings, { value: shape.value, source: yaml.source, path: [] }, around);
  return table === undefined || findings.problems.length > 0
    ? { problems: findings.problems }
    : { table, problems: [] };
};

/** Reads an expression against a checked study, e.g. a filter. Faults carry offsets in the text. */
export const readExpression = (
  study: Study,
  table: string,
  source: string,
  expected?: ValueType,
): TypedExpression =>
  typeExpression(source, scopeOf(scopeSourceOf(study), table, { on: 'snapshot' }), expected);
