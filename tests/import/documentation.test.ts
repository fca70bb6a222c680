import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readMapping } from '../../src/exchange/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/how-to/import.md'), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((m) => m[1] ?? '');

it('the mapping of the how-to page is one', () => {
  const [whole = ''] = examples;
  expect(readMapping(whole)).toMatchObject({ study: 'assemblies', key: ['Номер карты'] });
});
it('its examples of repeats can stand in it', () => {
  const [whole = '', repeats = ''] = examples;
  const without = whole.replace(/^repeats:\n(?: .*\n)+/m, '');
  expect(Object.keys(readMapping(`${without}\n${repeats}`).repeats ?? {})).toEqual([
    'sanctions',
    'charges',
    'force',
  ]);
});
