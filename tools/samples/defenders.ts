/**
 * Writes studies/defenders/sample/: synthetic people, interviews, questionnaires, incidents, proceedings and materials whose
 * counts reproduce the published tables wherever these are consistent. Same seed, same bytes. Run:
 * `node tools/samples/defenders.ts`. All people are invented.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from './days.ts';
import { type Complaint, complaintRows, isComplainedOf } from './defenders/complaint-rows.ts';
import { type SampleFile, textsOf } from './defenders/files.ts';
import { type Filed, incidentRows } from './defenders/incident-rows.ts';
import { incidents } from './defenders/incidents.ts';
import { interviewRows } from './defenders/interview-rows.ts';
import { materialRows, outletRows, outlets } from './defenders/material-rows.ts';
import { nilRows } from './defenders/nil-rows.ts';
import { people, respondentRows } from './defenders/people.ts';
import { type Case, casesOf, proceedingRows } from './defenders/proceeding-rows.ts';
import { dayIn } from './defenders/quarters.ts';
import { surveyRows } from './defenders/survey-rows.ts';
import { type Random, seeded } from './random.ts';

const SEED = 20160531;
const FUNDING = ['grants_foreign', 'grants_national', 'state_order', 'business', 'donations', 'own_income'];

const peopleFiles = (random: Random): readonly SampleFile[] => {
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
      missing: { refused: 'refused' },
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

const numbered = (prefix: string): (() => string) => {
  let n = 0;
  return () => `${prefix}-${String(++n).padStart(3, '0')}`;
};

/** What happened, in the order in which cards refer to one another. */
const eventFiles = (random: Random, aside: Random, ages: Random, courts: Random): readonly SampleFile[] => {
  const [nextIncident, nextCase, nextComplaint] = [numbered('I'), numbered('P'), numbered('C')];
  const cases: Case[] = [];
  const complaints: Complaint[] = [];
  const filed = random.shuffle(incidents(random)).map((incident): Filed => {
    const date = dayIn(random, incident.quarter, 12);
    const own = casesOf(incident, date, nextCase);
    cases.push(...own);
    const complaint = isComplainedOf(aside) ? [{ number: nextComplaint(), incident, date }] : [];
    complaints.push(...complaint);
    return {
      incident,
      number: nextIncident(),
      date,
      proceedings: own.map((c) => c.number),
      complaints: complaint.map((c) => c.number),
    };
  });
  const happened = (place: string, monday: string): boolean =>
    filed.some((f) => f.incident.city === place && monday <= f.date && f.date <= addDays(monday, 6));
  const panel = outlets(random);
  const said = { constant: 'corroborated' };
  const proceedings = proceedingRows(random, courts, cases, nextCase);
  const hearings = proceedings.reduce(
    (most, row) => Math.max(most, Object.keys(row).filter((h) => h.startsWith('hearing_')).length),
    0,
  );
  return [
    {
      name: 'proceedings',
      instrument: 'proceeding',
      key: ['card_number'],
      repeats: {
        charges: { rows: [1, 2].map((n) => ({ kind: { from: `charge_${n}` } })) },
        hearings: {
          rows: Array.from({ length: hearings }, (_, i) => ({
            date: { from: `hearing_${i + 1}` },
            observed: { from: `observed_${i + 1}` },
          })),
        },
      },
      // The judgment appealed against stands in the same file.
      rules: { appeal_of: { from: 'appeal_of', must_exist: false } },
      evidence: said,
      rows: proceedings,
    },
    {
      name: 'complaints',
      instrument: 'complaint',
      key: ['card_number'],
      evidence: said,
      rows: complaintRows(aside, complaints),
    },
    {
      name: 'incidents',
      instrument: 'incident',
      key: ['card_number'],
      several: ['proceedings', 'complaints'],
      repeats: {
        violations: {
          rows: [1, 2].map((n) => ({
            kind: { from: `violation_${n}` },
            victims_n: { from: `victims_${n}` },
            act_class: { from: `act_class_${n}` },
          })),
        },
        victims: {
          rows: [
            {
              category: { from: 'victim_category' },
              sex: { from: 'victim_sex' },
              age_group: { from: 'victim_age' },
            },
          ],
        },
        reactions: { rows: [{ kind: { from: 'reaction_kind' }, came_on: { from: 'reaction_date' } }] },
      },
      evidence: { from: 'evidence' },
      rows: incidentRows(random, ages, filed),
    },
    { name: 'outlets', instrument: 'outlet', key: ['code'], evidence: said, rows: outletRows(random, panel) },
    {
      name: 'materials',
      instrument: 'material',
      key: ['number'],
      several: ['incidents'],
      // What it repeats stands in the same file.
      rules: { reprint_of: { from: 'reprint_of', must_exist: false } },
      evidence: said,
      rows: materialRows(random, filed, panel),
    },
    {
      name: 'nil_reports',
      instrument: 'nil_report',
      key: ['week', 'region', 'monitor'],
      evidence: said,
      rows: nilRows(aside, happened),
    },
  ];
};

/** File name -> text of the whole sample. */
export const sampleFiles = (seed: number): ReadonlyMap<string, string> => {
  const random = seeded(seed);
  const [aside, ages, courts] = [seeded(seed + 1), seeded(seed + 2), seeded(seed + 3)];
  return textsOf([...peopleFiles(random), ...eventFiles(random, aside, ages, courts)]);
};

export const committedSample = (): ReadonlyMap<string, string> => sampleFiles(SEED);

if (import.meta.main)
  for (const [name, text] of committedSample())
    writeFileSync(join(import.meta.dirname, '../../studies/defenders/sample', name), text);
