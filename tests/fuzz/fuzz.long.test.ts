import { afterAll, describe, expect, test } from 'vitest';
import { keepFigure } from '../reliability/figure.ts';
import { type Fuzzed, fuzz, type Parser } from './fuzz.ts';
import { checkpointParser, leafParser } from './records-and-log.ts';
import { csvParser, csvRoundTrip, xlsxParser, zipParser } from './sheets.ts';
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
  leafParser,
  checkpointParser,
  csvParser,
  csvRoundTrip,
  zipParser,
  xlsxParser,
  yamlParser,
  studyParser,
  expressionParser,
  mappingParser,
  cellParser,
  reportParser,
  boundariesParser,
  addressParser,
] as unknown as readonly Parser[];

describe('whatever it is given, a parser ends in a value or in a problem that is told in three languages', () => {
  test.each(PARSERS)('$name', async (parser) => {
    const found = await fuzz(parser);
    console.log(parser.name, JSON.stringify(found));
    expect(found.inputs).toBeGreaterThan(0);
  });
});
