import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editorSchemas } from './index.ts';

const folder = join(import.meta.dirname, '../../docs/schema');

test.each([...editorSchemas()])('docs/schema/%s is what node tools/schemas.ts writes', (name, text) => {
  expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});

test('the schema of a field forbids keys that nothing reads', () => {
  expect(editorSchemas().get('instrument.json')).toContain('"additionalProperties": false');
});
