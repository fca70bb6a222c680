import { aCluster, type Cluster } from '../postgres/a-cluster.ts';

/** A PostgreSQL server that keeps as much as one can be told to: every statement with its parameters, all of its log. */
export const aClusterThatKeepsAll = (): Promise<Cluster> =>
  aCluster({ settings: { log_statement: 'all', wal_keep_size: '4GB' } });

/**
 * Stores long values as they are, so that whoever searches the files finds what is in them: PostgreSQL would compress them.
 * Call it when the tables are made and nothing is in them.
 */
export const keepUncompressed = async (cluster: Cluster): Promise<void> => {
  const columns = await cluster.sql(`
    SELECT format('ALTER TABLE %s ALTER %I SET STORAGE EXTERNAL', attrelid::regclass, attname) AS change
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'baqylau'::regnamespace AND relkind = 'r' AND attnum > 0 AND attstorage = 'x'`);
  for (const { change } of columns) await cluster.sql(String(change));
};
