import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ImportWorld, planImport, readMapping } from '../../src/exchange/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { bytesOf, problemsOf } from './an-import.ts';

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
it('its identity fields are fields of the study, and refused only where there are no keys', async () => {
  const [whole = '', , sealed = ''] = examples;
  const named = Object.keys(parse(sealed).columns as Record<string, unknown>);
  const mapping = readMapping(whole.replace(/^columns:\n/m, sealed));
  expect(named).toEqual(['organiser_actor', 'point.lat', 'point.lon', 'notes']);
  const { study } = studyFromFolders([builtInStudies()], 'assemblies');
  const problems = await problemsOf(planImport(bytesOf(''), mapping, { study } as ImportWorld));
  const codes = (code: string) => problems.filter((p) => p.code === code).map((p) => p.at?.field);
  expect(codes('identity_needs_sealing')).toEqual(named);
});
