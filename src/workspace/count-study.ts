import type { Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import { countTables, joinPublished, type Table } from '../tables/index.ts';

/**
 * Every table of a study counted from a snapshot, with the numbers of earlier publications joined to the series that name
 * them. The one way from records to tables: command line, site and report all come through here.
 */
export const countStudy = (study: Study, snapshot: Snapshot): readonly Table[] =>
  countTables(study, snapshot, study.tables).map((table) => joinPublished(table, study));
