import { afterAll, expect, test } from 'vitest';
import { closeFolders, configParser, copyParser } from './folders.ts';
import { fuzz, INPUTS, keepFuzz, type Parser } from './fuzz.ts';
import {
  directoryParser,
  enrolmentParser,
  rootKeyParser,
  sealedFieldParser,
  shareParser,
  userKeyParser,
  wrapParser,
} from './keys.ts';
import { checkpointParser, leafParser } from './records-and-log.ts';
import { requestParser } from './requests.ts';
import { csvParser, csvRoundTrip, xlsxParser, zipParser } from './sheets.ts';

afterAll(closeFolders);

const PARSERS = [
  xlsxParser,
  requestParser,
  leafParser,
  checkpointParser,
  csvParser,
  csvRoundTrip,
  zipParser,
  directoryParser,
  enrolmentParser,
  rootKeyParser,
  sealedFieldParser,
  shareParser,
  userKeyParser,
  wrapParser,
  configParser,
  copyParser,
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
