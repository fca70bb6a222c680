import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ProblemError, problem } from '../vocabulary/index.ts';

/**
 * Asks on the terminal and does not show what is typed. Throws ProblemError `passphrase_missing` where nobody can type: a
 * secret is never read from a pipe by accident.
 */
export const askSecret = async (prompt: string): Promise<string> => {
  if (!process.stdin.isTTY) throw new ProblemError(problem('passphrase_missing'));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  process.stderr.write(`${prompt} `);
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
};
