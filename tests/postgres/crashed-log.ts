import { openPostgresStore } from '../../adapters/store-postgres/index.ts';
import type { LogStore } from '../../src/log/index.ts';
import type { CrashedStore } from '../faults/kill-loop.ts';
import type { Cluster } from './a-cluster.ts';

/** Where the log of an organisation is, in one text that a process can be given: the database's address # the organisation. */
const placeOf = (url: string, org: string): string => `${url}#${org}`;

export const openStore = (place: string): Promise<LogStore> => {
  const [url = '', org = ''] = place.split('#');
  return openPostgresStore({ url, org });
};

const CHECKS = `
SELECT format('%s: %s', c.relname, bt.message) AS complaint FROM pg_class c
CROSS JOIN LATERAL (SELECT msg AS message FROM verify_heapam(c.oid)) bt
WHERE c.relnamespace = 'baqylau'::regnamespace AND c.relkind = 'r'`;
const INDEXES = `
SELECT count(bt_index_parent_check(i.indexrelid, true, true)) AS checked
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'baqylau'::regnamespace`;

/** PostgreSQL's own check of every page of the log's tables and every entry of their indexes against each other (amcheck). */
export const amcheckComplaints = async (cluster: Cluster): Promise<readonly string[]> => {
  await cluster.sql('CREATE EXTENSION IF NOT EXISTS amcheck');
  const complaints = (await cluster.sql(CHECKS)).map((row) => String(row['complaint']));
  try {
    await cluster.sql(INDEXES);
  } catch (error) {
    complaints.push((error as Error).message);
  }
  return complaints;
};

let logs = 0;
/** The new, empty log of an organisation. */
export const aLog = async (cluster: Cluster): Promise<CrashedStore> => {
  logs += 1;
  const org = `crashed-${logs}`;
  await (await openPostgresStore({ url: cluster.url, org, create: true })).close();
  return {
    place: placeOf(cluster.url, org),
    integrity: () => amcheckComplaints(cluster),
    remove: async () => undefined,
  };
};
