import { afterAll, beforeAll } from 'vitest';
import { logStoreContract } from '../../tests/contract/log-store.ts';
import { aCluster, type Cluster } from '../../tests/postgres/a-cluster.ts';
import { openPostgresStore } from './index.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await aCluster();
});
afterAll(() => cluster.remove());

let organisations = 0;
logStoreContract('PostgreSQL', async () => {
  organisations += 1;
  const org = `org${organisations}`;
  const { url } = cluster;
  await (await openPostgresStore({ url, org, create: true })).close();
  return { open: () => openPostgresStore({ url, org }), remove: async () => undefined };
});
