import type { Snapshot } from '../snapshot/index.ts';
import type { Study, TableDefinition } from '../study/index.ts';
import type { Table } from './cell.ts';

/**
 * The engine port: definitions in, counted tables out. Two engines stand behind it and must agree on every cell: our own
 * columnar engine and DuckDB (the independent oracle).
 */
export interface CountingEngine {
  readonly name: string;
  count(study: Study, snapshot: Snapshot, definitions: readonly TableDefinition[]): Promise<readonly Table[]>;
}

/** What an engine is given, so that an adapter needs no other layer. */
export type { Column, Snapshot, SnapshotTable } from '../snapshot/index.ts';
export type {
  Dimension,
  Expression,
  ExpressionNode,
  Measure,
  Regrouping,
  Study,
  TableDefinition,
  Term,
} from '../study/index.ts';
