import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/log/index.ts';
import { openWorkspace, type VerifyOptions } from '../../src/workspace/index.ts';
import { aCard, aDataFolder, aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';

const SIZE = 40;
let folder: ReturnType<typeof aDataFolder>;
let copies = 0;
let entryIds: readonly string[];
let lastNote: string;
let earlier: string;

beforeAll(async () => {
  folder = aDataFolder();
  const workspace = await aWorkspace(folder.dir);
  const first = await workspace.append(cards(workspace, 0, 20));
  earlier = `${folder.dir}-earlier`;
  await workspace.close();
  cpSync(folder.dir, earlier, { recursive: true });
  const again = await openWorkspace(folder.dir, { effects: fixedEffects('again') });
  const second = await again.append(cards(again, 20, SIZE));
  entryIds = [...first.entryIds, ...second.entryIds];
  lastNote = (await again.head()).checkpoint ?? '';
  await again.close();
});
afterAll(() => folder.remove());

const GUARDS = ['log', 'leaf_hash', 'checkpoint']
  .flatMap((t) => ['update', 'delete'].map((v) => `DROP TRIGGER ${t}_no_${v};`))
  .join('');

/** What `verify` says of a copy of the log on which somebody with the file has done this. */
const after = async (
  tamper: string | ((db: DatabaseSync) => void),
  options: VerifyOptions = {},
): Promise<readonly Finding[]> => {
  copies += 1;
  const dir = `${folder.dir}-copy-${copies}`;
  cpSync(folder.dir, dir, { recursive: true });
  const db = new DatabaseSync(join(dir, 'log.db'), { enableForeignKeyConstraints: false });
  db.exec(GUARDS);
  if (typeof tamper === 'string') db.exec(tamper);
  else tamper(db);
  db.close();
  const workspace = await openWorkspace(dir, { effects: fixedEffects(), readOnly: true });
  const { findings } = await workspace.verify(options);
  await workspace.close();
  rmSync(dir, { recursive: true });
  return findings;
};
const places = (findings: readonly Finding[]): readonly string[] =>
  findings.map((f) => `${f.what} ${f.position}`);
const changeByte = (at: number, byte: number) => (db: DatabaseSync) => {
  const bytes = Uint8Array.from(
    (db.prepare('SELECT bytes FROM log WHERE position = ?').get(at) as { bytes: Uint8Array }).bytes,
  );
  bytes[byte % bytes.length] = (bytes[byte % bytes.length] ?? 0) ^ 1;
  db.prepare('UPDATE log SET bytes = ? WHERE position = ?').run(bytes, at);
};
const renumberFrom = (table: string, from: number, by: number): string =>
  `UPDATE ${table} SET position = -position WHERE position >= ${from}; UPDATE ${table} SET position = -position + ${by} WHERE position < 0;`;

describe('verify', () => {
  it('finds nothing in an untouched log', async () => {
    expect(await after(() => undefined)).toEqual([]);
  });
  it('names a leaf of which any one byte was changed', async () => {
    for (let byte = 0; byte < 900; byte += 23) {
      const findings = await after(changeByte(7, byte));
      expect(places(findings), `byte ${byte}`).toEqual(['changed 7']);
      expect(findings[0]?.entryId).toBe(entryIds[7]);
    }
  });
  it('names a removed entry', async () => {
    expect(places(await after('DELETE FROM log WHERE position = 9'))).toEqual(['removed 9']);
  });
  it('names a removed entry when the others were moved up', async () => {
    expect(places(await after(`DELETE FROM log WHERE position = 9;${renumberFrom('log', 10, -1)}`))).toEqual([
      'removed 9',
    ]);
  });
  it('names a removed entry when its hash was removed too', async () => {
    const both = ['log', 'leaf_hash']
      .map((t) => `DELETE FROM ${t} WHERE position = 9;${renumberFrom(t, 10, -1)}`)
      .join('');
    const findings = await after(both);
    expect(places(findings)).toContain('removed 9');
    expect(findings[0]).toMatchObject({ position: 9, shownBy: 'chain' });
  });
  it('names both places of a swap', async () => {
    const swap =
      'UPDATE log SET position = -1 WHERE position = 5; UPDATE log SET position = 5 WHERE position = 25; UPDATE log SET position = 25 WHERE position = -1;';
    expect(places(await after(swap))).toEqual(['reordered 5', 'reordered 25']);
  });
  it('names an inserted entry: a copy of another under a new id', async () => {
    const insert = `${renumberFrom('log', 12, 1)} INSERT INTO log SELECT 12, 'forged', record_id, device, bytes FROM log WHERE position = 3;`;
    const findings = await after(insert);
    expect(places(findings)).toContain('inserted 12');
  });
  it('names an inserted entry when its hash was inserted too', async () => {
    const insert = ['log', 'leaf_hash'].map((t) => renumberFrom(t, 12, 1)).join('');
    const findings = await after(
      `${insert} INSERT INTO log SELECT 12, 'forged', record_id, device, bytes FROM log WHERE position = 3; INSERT INTO leaf_hash SELECT 12, hash FROM leaf_hash WHERE position = 3;`,
    );
    expect(findings.some((f) => f.position === 12)).toBe(true);
  });
  it('names each of several places', async () => {
    const several = (db: DatabaseSync): void => {
      changeByte(3, 200)(db);
      changeByte(30, 200)(db);
      db.exec('DELETE FROM log WHERE position = 15');
    };
    expect(places(await after(several))).toEqual(['changed 3', 'removed 15', 'changed 30']);
  });
  it('names what was cut off the end', async () => {
    const cut = ['log', 'leaf_hash'].map((t) => `DELETE FROM ${t} WHERE position >= 35;`).join('');
    expect(places(await after(cut))).toEqual(['removed 35']);
  });
  it('a changed receipt whose hash was changed too lies between two checkpoints', async () => {
    const { createHash } = await import('node:crypto');
    const findings = await after((db) => {
      const { bytes } = db.prepare('SELECT bytes FROM log WHERE position = 25').get() as {
        bytes: Uint8Array;
      };
      const changed = Buffer.from(
        Buffer.from(bytes).toString().replace('"received_at":"2018', '"received_at":"2017'),
      );
      db.prepare('UPDATE log SET bytes = ? WHERE position = 25').run(changed);
      const hash = createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), changed]))
        .digest();
      db.prepare('UPDATE leaf_hash SET hash = ? WHERE position = 25').run(hash);
    });
    expect(findings).toMatchObject([{ what: 'changed', position: 20, shownBy: 'root' }]);
  });
  it('names a changed hash', async () => {
    expect(places(await after('UPDATE leaf_hash SET hash = zeroblob(32) WHERE position = 8'))).toEqual([
      'changed 8',
    ]);
  });
  it('names a changed checkpoint', async () => {
    expect(
      places(await after("UPDATE checkpoint SET note = replace(note, 'sample', 'simple') WHERE size = 20")),
    ).toEqual(['checkpoint 20']);
  });
  it('names an index that points elsewhere', async () => {
    expect(places(await after("UPDATE log SET record_id = 'other' WHERE position = 4"))).toEqual(['index 4']);
  });
  it('names an entry moved behind the end, where no snapshot would read it', async () => {
    const moved = ['log', 'leaf_hash']
      .map((t) => `UPDATE ${t} SET position = 400 WHERE position = 39;`)
      .join('');
    expect(places(await after(moved))).toEqual(['index 39']);
  });
  it.each(['UPDATE device_head SET position = 2', 'DELETE FROM device_head'])(
    'names the end of a device chain that points elsewhere: %s',
    async (tamper) => {
      expect(places(await after(tamper))).toEqual(['index 39']);
    },
  );
  it('an older copy put back is shown by a checkpoint kept elsewhere, and by nothing else', async () => {
    const rolledBack = await openWorkspace(earlier, { effects: fixedEffects(), readOnly: true });
    expect((await rolledBack.verify()).findings).toEqual([]);
    expect((await rolledBack.verify({ witnessed: [lastNote] })).findings).toMatchObject([
      { what: 'removed', position: 20, shownBy: 'witness' },
    ]);
    await rolledBack.close();
  });
  it('a checkpoint kept elsewhere fits the log that went on', async () => {
    const note = await openWorkspace(earlier, { effects: fixedEffects(), readOnly: true }).then(async (w) => {
      const { checkpoint } = await w.head();
      await w.close();
      return checkpoint ?? '';
    });
    expect(await after(() => undefined, { witnessed: [note] })).toEqual([]);
  });
  it('counts clocks that were wrong, and refuses nothing for them', async () => {
    const place = aDataFolder();
    let now = Date.UTC(2018, 5, 1);
    const workspace = await aWorkspace(place.dir, { effects: { ...fixedEffects(), clock: () => now } });
    await workspace.append(cards(workspace, 0, 2));
    now = Date.UTC(2008, 5, 1);
    await workspace.append(cards(workspace, 2, 5));
    now = Date.UTC(2018, 5, 2);
    await workspace.append([aCard(workspace, 5, { occurred_at: '2028-06-02T00:00:00Z' })]);
    const report = await workspace.verify();
    await workspace.close();
    place.remove();
    expect(report).toMatchObject({ findings: [], clocks: { receivedEarlier: 3, occurredLater: 1 } });
  });
  it('one signature covers the chain of a device; every one is checked when asked', async () => {
    const workspace = await openWorkspace(folder.dir, { effects: fixedEffects(), readOnly: true });
    const counted = [await workspace.verify(), await workspace.verify({ everySignature: true })];
    await workspace.close();
    expect(counted.map(({ signatures }) => signatures)).toEqual([1, SIZE]);
  });
});
