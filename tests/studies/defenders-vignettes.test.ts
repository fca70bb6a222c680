import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportFiles } from '../../src/cli/report-inputs.ts';
import { builtInStudies } from '../../src/workspace/index.ts';
import { readRows } from '../published/sample-organisation.ts';

const folders = [builtInStudies()];
const files = reportFiles(folders, 'defenders');
/** Every card of the sample by its number, which no two kinds of card share. */
const cards = new Map(
  ['incidents', 'proceedings', 'materials'].flatMap((name) => {
    const { rows } = readRows(join(builtInStudies(), 'defenders/sample', `${name}.csv`));
    return rows.map((row) => [row['card_number'] ?? row['number'] ?? '', row] as const);
  }),
);
const named = (text: string): readonly string[] =>
  [...text.matchAll(/\{% lit "([^"]+)" as="card" \/%\}/g)].map(([, card = '']) => card);

describe('the cases that the report of defenders tells', () => {
  it.each(files.map(({ language, text }) => [language, named(text)] as const))(
    'in %s name cards of the sample only',
    (_, numbers) => {
      expect(numbers).toEqual(['I-264', 'P-073', 'P-113', 'A-1-27', 'A-1-50', 'I-303', 'P-088', 'I-208']);
      expect(numbers.filter((number) => !cards.has(number))).toEqual([]);
    },
  );

  // What the text says of each card, fact by fact.
  it.each<[string, Record<string, string>]>([
    [
      'I-264',
      {
        date: '2015-10-14',
        role_in_event: 'journalist_media',
        link_to_activity: 'yes',
        violation_1: 'trial',
        evidence: 'verified',
        reaction: 'none',
        proceedings: 'P-073',
      },
    ],
    [
      'P-073',
      {
        procedure: 'criminal',
        charge_1: 'incitement',
        charge_2: '',
        plaintiff: 'police',
        outcome: 'convicted',
        main_sanction: 'imprisonment',
      },
    ],
    ['P-113', { appeal_of: 'P-073', stage: 'appeal', outcome: 'convicted' }],
    ['A-1-27', { genre: 'news', incidents: 'I-264' }],
    ['A-1-50', { genre: 'analysis', incidents: 'I-075; I-264' }],
    [
      'I-303',
      {
        date: '2015-08-20',
        role_in_event: 'hrd_member',
        violation_1: 'site_block',
        violation_2: 'info_refusal',
        evidence: 'corroborated',
        reaction: 'police_protection',
        proceedings: 'P-088',
      },
    ],
    ['P-088', { direction: 'by_hrd_against_state', outcome: 'lost' }],
    [
      'I-208',
      {
        date: '2016-03-10',
        role_in_event: 'activist',
        link_to_activity: 'yes',
        principal_party: 'businessman',
        violation_1: 'takedown_demand',
        violation_2: 'unlawful_custody',
        act_class_2: 'arbitrary_detention',
        evidence: 'verified',
        reaction: 'clarification',
      },
    ],
  ])('%s is what the text makes of it', (card, told) => {
    expect(cards.get(card)).toMatchObject(told);
  });

  it('hold no place, no day and nobody: what a footnote names is a card', () => {
    for (const { text } of files) {
      const cases = text.slice(text.indexOf('{% #case_a %}'), text.indexOf('{% #media %}'));
      expect(cases.length).toBeGreaterThan(1000);
      expect(cases).not.toMatch(/list="settlement"|as="date"|https?:/);
    }
  });
});
