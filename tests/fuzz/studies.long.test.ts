import { expect, test } from 'vitest';
import { fuzz, INPUTS, keepFuzz, type Parser } from './fuzz.ts';
import {
  addressParser,
  boundariesParser,
  cellParser,
  expressionParser,
  mappingParser,
  reportParser,
  studyParser,
  yamlParser,
} from './studies.ts';

const PARSERS = [
  studyParser,
  yamlParser,
  expressionParser,
  mappingParser,
  cellParser,
  reportParser,
  boundariesParser,
  addressParser,
] as unknown as readonly Parser[];

test.each(PARSERS)(
  'S10: whatever $name is given, it ends in a value or in a problem that is told in three languages',
  { timeout: 60_000 + INPUTS * 60 },
  async (parser) => {
    const found = await fuzz(parser);
    expect(found.inputs).toBe(INPUTS);
    expect(found.refused + found.values).toBe(INPUTS);
    keepFuzz(parser, found);
  },
);
