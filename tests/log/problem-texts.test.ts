import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMessages, LANGUAGES, type Problem, problem, problemText } from '../../src/vocabulary/index.ts';

const catalogue = (language: string): string =>
  readFileSync(new URL(`../../src/vocabulary/messages/${language}.yaml`, import.meta.url), 'utf8');
const messages = createMessages({ kk: catalogue('kk'), ru: catalogue('ru'), en: catalogue('en') });

/** Each problem of records, log and data folder with the details its code gives it. */
const PROBLEMS: readonly Problem[] = [
  ...[
    'unknown_field',
    'derived',
    'integer',
    'count',
    'decimal',
    'text',
    'code',
    'place',
    'date',
    'time',
    'scale',
    'currency',
    'list',
    'rows',
    'order',
    'shares',
  ].map((reason) =>
    problem('record_value_invalid', { field: 'f', reason, expected: '2', value: 'x' }, { field: 'f' }),
  ),
  problem('record_required', { field: 'f' }),
  problem('record_constraint', { field: 'f', constraint: '. > 0' }),
  problem('record_not_relevant', { field: 'f' }),
  problem('entry_shape', { member: 'values', expected: 'JSON' }),
  problem('entry_signature_invalid', { entry: 'e', device: 'd' }),
  problem('entry_chain_broken', { entry: 'e', device: 'd', sequence: 3, expected: 2 }),
  problem('entry_id_reused', { entry: 'e', record: 'r' }),
  problem('entry_unknown', { entry: 'e' }),
  problem('checkpoint_foreign', { size: 5 }),
  problem('review_same_person', { record: 'r', entry: 'e', author: 'aru' }),
  problem('log_tampered', { findings: 3 }),
  problem('log_not_durable', { setting: 'synchronous', expected: '2', actual: '1' }),
  problem('data_folder_missing', { dir: 'data' }),
  problem('data_folder_in_use', { dir: 'data' }),
  problem('data_folder_exists', { dir: 'data' }),
  problem('data_folder_newer', { version: 2, supported: 1 }),
  problem('data_folder_read_only', {}),
  problem('data_folder_damaged', { file: 'config.yaml', what: 'org' }),
];

describe('every problem of records, log and data folder can be read', () => {
  it.each(
    LANGUAGES.flatMap((language) =>
      PROBLEMS.map((p) => [language, p.code, String(p.details.reason ?? ''), p] as const),
    ),
  )('in %s: %s %s', (language, _code, _reason, p) => {
    expect(problemText(messages, language, p)).not.toMatch(/\{|\}|undefined/);
  });
});
