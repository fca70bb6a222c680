import type { RecordState } from '../records/index.ts';
import type { Study } from '../study/index.ts';
import type { Hasher } from './canonical-hash.ts';

/** All that a snapshot is made of. */
export interface SnapshotInput {
  readonly study: Study;
  readonly org: string;
  /** In any order; each record once. */
  readonly states: AsyncIterable<RecordState> | Iterable<RecordState>;
  /** Ids of the periods to take; records of other periods are excluded with that reason. Empty: all. */
  readonly periods: readonly string[];
  readonly log: { readonly size: number; readonly root: string };
  readonly engine: string;
  readonly synthetic: boolean;
  readonly hasher: () => Hasher;
}
