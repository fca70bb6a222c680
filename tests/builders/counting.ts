import type {
  Dimension,
  Expression,
  ExpressionNode,
  Measure,
  Study,
  TableDefinition,
  Term,
} from '../../src/study/index.ts';
import { fraction, type Label } from '../../src/vocabulary/index.ts';

export const aLabel = (text: string): Label => ({ kk: { text }, ru: { text }, en: { text } });

/** A study that says nothing but what a test gives it; 2018 has twelve months. */
export const aCountingStudy = (given: Partial<Study> = {}): Study => ({
  id: 'assemblies',
  version: 1,
  hash: '0'.repeat(64),
  title: aLabel('Assemblies'),
  uses: [],
  periods: [
    {
      id: '2018',
      start: '2018-01-01',
      end: '2018-12-31',
      exposure: { months: fraction(12), source: 'stated' },
    },
  ],
  geography: { units: new Map(), settlements: new Map(), vintages: [], macroRegions: [] },
  vintage: 'as_of_event',
  counted: { review: ['verified'], evidence: '>= single_source', fields: new Map() },
  disclosure: { thresholdPersons: 5, ofOnePerson: new Set() },
  codeLists: new Map(),
  instruments: new Map(),
  conditions: new Map(),
  regroupings: new Map(),
  tables: [],
  legalRegimes: [],
  mci: [],
  breaks: [],
  published: [],
  publishedRules: { rules: [], readings: [], notReproducible: [] },
  crosswalk: [],
  words: new Map(),
  reviewNeeded: [],
  ...given,
});

// Expressions as the typed tree the study layer gives; short, so that a test reads like the YAML.
const at = 0;
export const field = (path: string): ExpressionNode => ({
  kind: 'field',
  at,
  type: 'code',
  path,
  table: 'assembly',
});
export const text = (value: string): ExpressionNode => ({ kind: 'text', at, type: 'code', value });
export const num = (value: string | number): ExpressionNode => ({
  kind: 'number',
  at,
  type: 'number',
  value: String(value),
});
export const counted: ExpressionNode = { kind: 'counted', at, type: 'boolean' };
type Operator = Extract<ExpressionNode, { kind: 'binary' }>['operator'];
export const op = (left: ExpressionNode, operator: Operator, right: ExpressionNode): ExpressionNode => ({
  kind: 'binary',
  at,
  type: ['+', '-', '*', 'div', 'mod'].includes(operator) ? 'number' : 'boolean',
  operator,
  left,
  right,
});
export const is = (path: string, code: string): ExpressionNode => op(field(path), '=', text(code));
export const call = (name: string, ...args: ExpressionNode[]): ExpressionNode => ({
  kind: 'call',
  at,
  type: 'boolean',
  name,
  args,
});
export const expression = (root: ExpressionNode): Expression => ({ source: '(built)', root });

export const rows = (where?: ExpressionNode): Term => ({
  kind: 'count',
  ...(where === undefined ? {} : { where: expression(where) }),
});
export const sum = (path: string, where?: ExpressionNode): Term => ({
  kind: 'sum',
  field: path,
  ...(where === undefined ? {} : { where: expression(where) }),
});
export const distinct = (path: string): Term => ({ kind: 'distinct', field: path });

type KindOf<M> = M extends Measure
  ? Omit<M, 'id' | 'label' | 'unit' | 'decimals' | 'polarity' | 'lowerBound'>
  : never;
export const aMeasure = (id: string, kind: KindOf<Measure>, unit = 'assemblies', decimals = 1): Measure =>
  ({ id, label: aLabel(id), unit, decimals, ...kind }) as Measure;

export const count = (id = 'n'): Measure => aMeasure(id, { kind: 'term', term: rows() }, 'assemblies', 0);

export const by = (path: string, given: Partial<Dimension> = {}): Dimension => ({
  by: path,
  order: { kind: 'list' },
  empty: 'show',
  ...given,
});

/** A definition that counts assemblies, unless told otherwise. */
export const aTable = (given: Partial<TableDefinition> = {}): TableDefinition => ({
  id: 'test.table',
  title: aLabel('Test table'),
  unit: 'assembly',
  of: 'assembly',
  measures: [count()],
  dimensions: [],
  totals: [],
  published: [],
  file: 'tables/test.yaml',
  line: 1,
  ...given,
});
