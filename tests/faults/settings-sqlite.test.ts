import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DURABLE_SETTINGS, openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { counted, keepFigure } from '../reliability/figure.ts';
import { scratchFolder } from './faulty-disk.ts';

type Setting = (typeof DURABLE_SETTINGS)[number]['name'];
const WRONG: Readonly<Record<Setting, string>> = {
  journal_mode: 'DELETE',
  synchronous: 'NORMAL',
  wal_autocheckpoint: '1000',
  foreign_keys: 'OFF',
  trusted_schema: 'ON',
  secure_delete: 'OFF',
  fullfsync: 'OFF',
  checkpoint_fullfsync: 'OFF',
};
const SETTINGS = DURABLE_SETTINGS.map(({ name }) => name);
/** Every choice of settings but none. */
const SUBSETS = Array.from({ length: 2 ** SETTINGS.length - 1 }, (_, i) =>
  SETTINGS.filter((__, bit) => ((i + 1) >> bit) % 2 === 1),
);

describe('R3: durable settings in SQLite', () => {
  let folder: ReturnType<typeof scratchFolder>;
  beforeEach(() => {
    folder = scratchFolder();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    folder.remove();
  });

  /** A driver that sets these settings to something else than what it is told, as drivers with other defaults do. */
  const withWrong = (names: readonly Setting[]): void => {
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function wrongly(this: DatabaseSync, sql) {
      const name = names.find((one) => sql.startsWith(`PRAGMA ${one} = `));
      exec.call(this, name === undefined ? sql : `PRAGMA ${name} = ${WRONG[name]}`);
    });
  };
  /** The settings that the store names when it refuses to start; undefined when it starts. */
  const refusal = async (): Promise<readonly unknown[] | undefined> => {
    try {
      await openSqliteStore(folder.dir).close();
      return undefined;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return error.problems.map(({ code, details }) =>
        code === 'log_not_durable' ? details['setting'] : code,
      );
    }
  };

  it('every combination of wrong ones is refused at the start, and each named', async () => {
    expect(await refusal()).toBeUndefined();
    let refused = 0;
    for (const names of SUBSETS) {
      withWrong(names);
      expect(await refusal()).toEqual(names);
      refused += 1;
      vi.restoreAllMocks();
    }
    expect(await refusal()).toBeUndefined();

    // Control: a store that does not read its settings back.
    let started = 0;
    for (const names of SUBSETS) {
      withWrong(names);
      const { prepare } = DatabaseSync.prototype;
      vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function blindly(
        this: DatabaseSync,
        sql,
        options,
      ) {
        const told = DURABLE_SETTINGS.find(({ name }) => sql === `PRAGMA ${name}`);
        if (told === undefined) return prepare.call(this, sql, options);
        return { get: () => ({ [told.name]: told.reads }) } as unknown as StatementSync;
      });
      if ((await refusal()) === undefined) started += 1;
      vi.restoreAllMocks();
    }
    expect(started).toBe(SUBSETS.length);
    keepFigure({
      id: 'R3',
      part: 'SQLite',
      found: `${counted(SUBSETS.length)} combinations of ${counted(SETTINGS.length)} wrong settings: ${counted(refused)} refused to start, each setting named`,
      control: `settings not read back: ${counted(started)} of ${counted(SUBSETS.length)} started`,
    });
  });
});
