import type { Label } from '../vocabulary/index.ts';
import { columnsOfField, isChild, type StudyColumn } from './columns.ts';
import { findCycle } from './cycles.ts';
import type { Expression } from './expression.ts';
import type { Field, Instrument } from './instrument.ts';
import type { FieldSource, InstrumentSource } from './instrument-source.ts';
import { byId, type Findings, type Located, labelOf, placeOf, report, reportFaults } from './located.ts';
import { nearest } from './nearest.ts';
import { parseSyntax } from './parse-expression.ts';
import { type ConditionSyntax, type ScopeOptions, type ScopeSource, scopeOf } from './scope.ts';
import type { ConditionInput } from './shape/reading-files.ts';
import type { Condition } from './study.ts';
import { SyntaxFault } from './syntax.ts';
import { syntaxProblem, typeExpression, typeSyntax } from './type-expression.ts';
import type { ValueType } from './typing.ts';

interface ParsedCondition extends ConditionSyntax {
  readonly input: Located<ConditionInput>;
}

/** Conditions parsed but not typed: they may name one another. */
export const parseConditions = (
  findings: Findings,
  inputs: readonly Located<ConditionInput>[],
  instruments: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ParsedCondition> => {
  const parsed = inputs.flatMap((input) => {
    const { id, instrument, expression } = input.value;
    if (!instruments.has(instrument)) {
      report(
        findings,
        'study_name_unknown',
        { kind: 'instrument', name: instrument, nearest: nearest(instrument, instruments.keys()) },
        placeOf(input, 'instrument'),
      );
      return [];
    }
    try {
      return [[id, { instrument, root: parseSyntax(expression), input }, placeOf(input, 'id')] as const];
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      reportFaults(findings, [syntaxProblem(error)], input, 'expression');
      return [];
    }
  });
  return byId(findings, 'condition', parsed);
};

/** Types every condition over its own instrument; faulty ones are named so that their users do not repeat the fault. */
export const typeConditions = (
  findings: Findings,
  parsed: ReadonlyMap<string, ParsedCondition>,
  source: Omit<ScopeSource, 'conditionSyntax' | 'faultyConditions'>,
): { readonly conditions: ReadonlyMap<string, Condition>; readonly faulty: ReadonlySet<string> } => {
  const conditions = new Map<string, Condition>();
  const faulty = new Set<string>();
  const whole: ScopeSource = { ...source, conditionSyntax: parsed, faultyConditions: new Set() };
  for (const [id, { instrument, root, input }] of parsed) {
    const scope = scopeOf(whole, instrument, { on: 'snapshot' });
    if (scope.columns.has(id))
      report(findings, 'study_name_twice', { kind: 'field', name: id }, placeOf(input, 'id'));
    const { expression, faults } = typeSyntax(input.value.expression, root, scope, { type: 'boolean' }, id);
    // A condition that only uses a faulty one is not told again.
    const own = faults.filter(
      (f) => !(f.code === 'study_expression_type' && f.details['reason'] === 'condition_fields'),
    );
    reportFaults(findings, own, input, 'expression');
    if (expression === undefined) faulty.add(id);
    else conditions.set(id, { id, instrument, label: label(findings, input), expression });
  }
  return { conditions, faulty };
};
const label = (findings: Findings, input: Located<ConditionInput>): Label =>
  labelOf(findings, input.value.label, `condition ${input.value.id}`);

/** Which field reads which, to find a field that in the end depends on itself. Nodes are `table/field path`. */
type Reads = Map<string, Set<string>>;
const nodeOf = (table: string, field: Field): string => `${table}.${field.path}`;

/** Instruments with their expressions typed; fields that depend on themselves are reported with the way round. */
export const attachExpressions = (
  findings: Findings,
  instruments: ReadonlyMap<string, InstrumentSource>,
  source: ScopeSource,
): ReadonlyMap<string, Instrument> => {
  const reads: Reads = new Map();
  const places = new Map<string, Located<unknown>>();
  const result = new Map<string, Instrument>();
  for (const [id, { instrument, fields }] of instruments)
    result.set(id, {
      ...instrument,
      fields: fields.map((f) => attach({ findings, source, table: id, reads, places }, f)),
    });
  const cycle = findCycle(reads.keys(), (node) => reads.get(node) ?? []);
  if (cycle !== undefined) {
    const at = places.get(cycle[0] ?? '');
    if (at !== undefined) report(findings, 'study_cycle', { path: cycle.join(' → ') }, placeOf(at));
  }
  return result;
};

interface Place {
  readonly findings: Findings;
  readonly source: ScopeSource;
  readonly table: string;
  readonly reads: Reads;
  readonly places: Map<string, Located<unknown>>;
}

const attach = (place: Place, { field, input, rows }: FieldSource): Field => {
  const { findings, source, table } = place;
  const node = nodeOf(table, field);
  place.places.set(node, input);
  const from = place.reads.get(node) ?? new Set<string>();
  place.reads.set(node, from);
  const read = (
    key: 'relevant' | 'constraint' | 'derived',
    options: Partial<ScopeOptions>,
    expected?: ValueType,
  ): Expression | undefined => {
    const text = input.value[key];
    if (text === undefined) return undefined;
    const scope = scopeOf(source, table, {
      on: 'record',
      identity: key !== 'derived' && field.sensitivity === 'identity',
      ...options,
    });
    const { expression, faults, reads } = typeExpression(text, scope, expected);
    reportFaults(findings, faults, input, key);
    // A constraint looks at a value, it does not make it: no cycle goes through one.
    if (key !== 'constraint')
      for (const column of reads)
        if (column.field !== undefined) from.add(nodeOf(column.table, column.field));
    return expression;
  };
  const self = columnsOfField(table, field).find((c) => c.path === field.path);
  const relevant = read('relevant', {});
  // `.` of a count is its best estimate.
  const value = self ?? columnsOfField(table, field).find((c) => c.path === `${field.path}.best`);
  const constraint = read('constraint', {
    constraint: true,
    ...(value === undefined ? {} : { self: value }),
  });
  const derived = self === undefined ? undefined : read('derived', {}, derivedType(self));
  const inner = isChild(field) ? { ...place, table: `${table}.${field.path}` } : place;
  return {
    ...field,
    ...(relevant === undefined ? {} : { relevant }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(derived === undefined ? {} : { derived }),
    ...(rows.length === 0 ? {} : { fields: rows.map((row) => attach(inner, row)) }),
  };
};

const derivedType = (self: StudyColumn): ValueType =>
  self.codeList === undefined ? { type: self.type } : { type: self.type, codeList: self.codeList };
