/**
 * Writes studies/defenders/sample/: synthetic people, interviews and questionnaires whose counts reproduce the published
 * tables wherever these are consistent. Same seed, same bytes. Run: `node tools/samples/defenders.ts`. All people are
 * invented.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleFile, textsOf } from './defenders/files.ts';
import { interviewRows } from './defenders/interview-rows.ts';
import { people, respondentRows } from './defenders/people.ts';
import { surveyRows } from './defenders/survey-rows.ts';
import { seeded } from './random.ts';

const SEED = 20160531;
const FUNDING = ['grants_foreign', 'grants_national', 'state_order', 'business', 'donations', 'own_income'];

const peopleFiles = (seed: number): readonly SampleFile[] => {
  const random = seeded(seed);
  const all = people(random);
  const said = { constant: 'verified' };
  return [
    {
      name: 'respondents',
      instrument: 'respondent',
      key: ['code'],
      evidence: said,
      rows: respondentRows(random, all),
    },
    {
      name: 'surveys',
      instrument: 'survey',
      key: ['person'],
      several: ['needs', 'rights_groups'],
      repeats: {
        funding_shares: {
          rows: FUNDING.map((code) => ({ code: { constant: code }, percent: { from: `funding.${code}` } })),
        },
      },
      evidence: said,
      rows: surveyRows(random, all),
    },
    {
      name: 'interviews',
      instrument: 'indicator_interview',
      key: ['person', 'wave'],
      evidence: said,
      rows: interviewRows(random, all),
    },
  ];
};

/** File name -> text of the whole sample. */
export const sampleFiles = (seed: number): ReadonlyMap<string, string> => textsOf(peopleFiles(seed));

export const committedSample = (): ReadonlyMap<string, string> => sampleFiles(SEED);

if (import.meta.main)
  for (const [name, text] of committedSample())
    writeFileSync(join(import.meta.dirname, '../../studies/defenders/sample', name), text);
