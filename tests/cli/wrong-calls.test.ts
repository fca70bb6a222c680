import { afterAll, describe, expect, test } from 'vitest';
import {
  LANGUAGES,
  type ProblemCode,
  type ProblemDetails,
  problem,
  problemText,
} from '../../src/vocabulary/index.ts';
import { aTerminal, messages } from './a-terminal.ts';

const terminal = aTerminal();
afterAll(() => terminal.close());
const nowhere = terminal.path('nowhere');
const says = (code: ProblemCode, details: ProblemDetails): string =>
  `${problemText(messages, 'en', problem(code, details))}\n`;

interface Wrong {
  readonly argv: readonly string[];
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
}
const WRONG: Readonly<Record<string, Wrong>> = {
  'an unknown command': {
    argv: ['snapshto'],
    code: 'command_unknown',
    details: { command: 'snapshto', near: 'snapshot' },
  },
  'a command nothing is like': {
    argv: ['xyzzy'],
    code: 'command_unknown',
    details: { command: 'xyzzy', near: 'none' },
  },
  'an unknown option': {
    argv: ['verify', '--data', nowhere, '--loud'],
    code: 'option_unknown',
    details: { command: 'verify', option: '--loud' },
  },
  'an option too little': {
    argv: ['verify'],
    code: 'option_missing',
    details: { command: 'verify', option: '--data' },
  },
  'an option without its value': {
    argv: ['verify', '--data'],
    code: 'option_missing',
    details: { command: 'verify', option: '--data' },
  },
  'an argument too little': {
    argv: ['report', '--data', nowhere, '--out', nowhere],
    code: 'option_missing',
    details: { command: 'report', option: 'STUDY' },
  },
  'an argument too many': {
    argv: ['verify', 'all', '--data', nowhere],
    code: 'option_unknown',
    details: { command: 'verify', option: 'all' },
  },
  'an unknown language of the terminal': {
    argv: ['verify', '--data', nowhere, '--ui', 'de'],
    code: 'option_value',
    details: { option: '--ui', value: 'de', known: 'kk, ru, en' },
  },
  'an unknown format of a table': {
    argv: ['table', '--study', 's', '--data', nowhere, '--format', 'xml'],
    code: 'option_value',
    details: { option: '--format', value: 'xml', known: 'md, csv, json' },
  },
  'an unknown format of a report': {
    argv: ['report', 's', '--data', nowhere, '--out', nowhere, '--to', 'html,odt'],
    code: 'option_value',
    details: { option: '--to', value: 'odt', known: 'html, pdf, docx, xlsx' },
  },
  'an unknown language of a report': {
    argv: ['report', 's', '--data', nowhere, '--out', nowhere, '--lang', 'fr'],
    code: 'option_value',
    details: { option: '--lang', value: 'fr', known: 'kk, ru, en' },
  },
  'no language of a report': {
    argv: ['report', 's', '--data', nowhere, '--out', nowhere, '--lang', ','],
    code: 'option_value',
    details: { option: '--lang', value: '', known: 'kk, ru, en' },
  },
  'an unknown format of a comparison': {
    argv: ['published', 'compare', 's', '--data', nowhere, '--format', 'csv'],
    code: 'option_value',
    details: { option: '--format', value: 'csv', known: 'md, json' },
  },
  'a data folder that is not there': {
    argv: ['table', '--study', 's', '--data', nowhere],
    code: 'data_folder_missing',
    details: { dir: nowhere },
  },
  'a code that is no organisation': {
    argv: ['init', '--data', nowhere, '--org', 'Bad Org!'],
    code: 'org_code_invalid',
    details: { org: 'Bad Org!' },
  },
  'a study folder that is not there': {
    argv: ['study', 'check', nowhere],
    code: 'study_file_missing',
    details: { file: `${nowhere}/study.yaml` },
  },
  'a mapping that is not there': {
    argv: ['import', nowhere, nowhere, '--data', nowhere],
    code: 'file_missing',
    details: { file: nowhere },
  },
};

describe('a wrong call is answered with the problem and its remedy, exit code 2', () => {
  test.each(Object.entries(WRONG))('%s', async (_, { argv, code, details }) => {
    expect(await terminal.run(...argv)).toEqual({ code: 2, out: '', note: says(code, details) });
  });
});

test.each(LANGUAGES)('in %s no text of a problem is missing', async (language) => {
  const { note } = await aTerminal({ language }).run('init', '--data', nowhere, '--org', 'Bad Org!');
  expect(note).toBe(`${problemText(messages, language, problem('org_code_invalid', { org: 'Bad Org!' }))}\n`);
});

describe('an error that nobody foresaw', () => {
  const failing = (env: Record<string, string> = {}) =>
    aTerminal({
      env,
      random: () => {
        throw new Error('the dice rolled off the table');
      },
    });
  const run = (env?: Record<string, string>) => failing(env).run('init', '--data', nowhere, '--org', 'ok');

  test('is told without a stack, exit code 1', async () => {
    const message = 'the dice rolled off the table';
    expect(await run()).toEqual({ code: 1, out: '', note: says('unexpected', { message }) });
  });

  test('is told with its stack for those who ask for it', async () => {
    expect((await run({ BAQYLAU_DEBUG: '1' })).note).toMatch(/^Error: the dice.*\n +at /);
  });

  test('of the file system names the file', async () => {
    const file = terminal.write('a-file', '');
    const { code, note } = await terminal.run('init', '--data', `${file}/below`, '--org', 'ok');
    expect(code).toBe(1);
    expect(note).toBe(says('file_unusable', { file: `${file}/below`, why: 'ENOTDIR' }));
  });
});
