import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreBackup } from '../../src/workspace/backup/restore-backup.ts';
import { moveStore } from '../../src/workspace/move-store.ts';
import { aCluster, type Cluster } from '../postgres/a-cluster.ts';
import { keepFigure } from '../reliability/figure.ts';
import { aPlace, aPlan, backUp, contentIn, later, type Place } from './backups.ts';

let cluster: Cluster;
let place: Place;
beforeAll(async () => {
  cluster = await aCluster();
  place = await aPlace(aPlan(1200));
});
afterAll(async () => {
  place.remove();
  await cluster.remove();
});

const aDatabase = async (name: string): Promise<string> => {
  await cluster.sql(`CREATE DATABASE ${name}`);
  return cluster.urlFor({ database: name });
};

it('a backup of a log in PostgreSQL is restored into SQLite, and moved back into PostgreSQL', async () => {
  const live = await contentIn(place.data);
  const first = await aDatabase('first');
  await moveStore({ dir: place.data, to: 'postgres', databaseUrl: first });
  expect((await backUp(place, later(), first)).size).toBe(1200);

  const restored = place.path('restored');
  await restoreBackup(place.backups, [place.identity], restored);
  expect(await contentIn(restored)).toEqual(live);

  const second = await aDatabase('second');
  await moveStore({ dir: restored, to: 'postgres', databaseUrl: second });
  expect(await contentIn(restored, second)).toEqual(live);
  keepFigure({
    id: 'R11',
    part: 'postgres',
    found:
      '1,200 entries: PostgreSQL, backup, SQLite, PostgreSQL: the same leaves, hashes, checkpoints, blobs and wraps',
    control: 'a target in which one wrap differs is not switched to (R12)',
  });
});
