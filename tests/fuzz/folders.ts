import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogStore } from '../../src/log/index.ts';
import { takeCopy } from '../../src/log/index.ts';
import { readConfig } from '../../src/workspace/config.ts';
import { CONFIG_FILE, readKeys } from '../../src/workspace/index.ts';
import { copyTrust } from '../../src/workspace/log-copy.ts';
import { aFolder, anEmptyStore, aSmallLog, copyText, inPiecesOf } from '../log-copy/logs.ts';
import type { Parser } from './fuzz.ts';
import { changedBytes, changedText } from './mutate.ts';

const folder = aFolder();
const workspace = await aSmallLog(folder.path('log'));
const copy = await copyText(workspace);
const trust = copyTrust(workspace.config);
const config = readFileSync(join(workspace.dir, CONFIG_FILE), 'utf8');
const deviceKey = readFileSync(join(workspace.dir, 'keys', 'device.key'), 'utf8');

let stores = 0;
let takenWhole = false;
let target: LogStore | undefined;
const emptyStore = async (): Promise<LogStore> => {
  if (target !== undefined && (await target.size()) === 0) return target;
  await target?.close();
  const dir = folder.path(`store-${(stores += 1)}`);
  mkdirSync(dir);
  return (target = anEmptyStore(dir));
};

/** A backup, an export: taken into a store whole or not at all. */
export const copyParser: Parser<Uint8Array> = {
  name: 'log-copy',
  input: (list, which) =>
    which % 2 === 0
      ? changedBytes(copy, list)
      : Buffer.from(
          changedText(Buffer.from(copy).toString(), list, [
            '{"leaf":',
            '{"blob":"',
            '{"data":"',
            '\n{',
            '"size":',
          ]),
        ),
  parse: async (bytes) => {
    // One whole copy is enough: each needs a new store.
    if (takenWhole && Buffer.compare(bytes, copy) === 0) return;
    const store = await emptyStore();
    try {
      await takeCopy(inPiecesOf(bytes, 1000), store, trust);
    } catch (error) {
      if ((await store.size()) !== 0) throw new Error('a refused copy left entries behind', { cause: error });
      throw error;
    }
    if (Buffer.compare(bytes, copy) !== 0) throw new Error('a changed copy was taken');
    takenWhole = true;
  },
};

const dir = folder.path('data');
mkdirSync(join(dir, 'keys'), { recursive: true });

/** The files by which a data folder says what it is. */
export const configParser: Parser<{ readonly config: string; readonly key: string }> = {
  name: 'config',
  input: (list, which) => ({
    config: changedText(config, which % 3 === 0 ? [] : list, [
      ': ',
      '- ',
      '{',
      '}',
      '&a ',
      '*a',
      'version: 2',
      'devices:',
    ]),
    key: changedText(deviceKey, which % 3 === 0 ? list : [], ['=', '+']),
  }),
  parse: ({ config: text, key }) => {
    writeFileSync(join(dir, CONFIG_FILE), text);
    for (const name of ['device.key', 'import.key']) writeFileSync(join(dir, 'keys', name), key);
    readConfig(dir);
    readKeys(dir);
  },
};

export const closeFolders = async (): Promise<void> => {
  await target?.close();
  await workspace.close();
  folder.remove();
};
