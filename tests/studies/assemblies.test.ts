import { describe, expect, test } from 'vitest';
import { deriveValues, type EntryValues, validateValues } from '../../src/records/index.ts';
import type { Instrument } from '../../src/study/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';

const { study } = studyFromFolders([builtInStudies()], 'assemblies');
const instrument = (id: string): Instrument => {
  const found = study.instruments.get(id);
  if (found === undefined) throw new Error(`no instrument ${id}`);
  return found;
};
const card = instrument('assembly');

/** A card in order: a picket of two before whom no official came. */
const aCardWith = (values: EntryValues): EntryValues => ({
  card_number: 'a-1',
  date: '2018-05-10',
  place: 'astana',
  observation_mode: 'direct',
  realisation: 'held',
  form: 'picket',
  organiser_type: 'spontaneous_group',
  theme_group: 'economic',
  topic: 'fuel_price',
  'participants.best': 2,
  authorisation: 'not_applied',
  reason_no_application: 'futile',
  'presence.prosecutor.present': 'no',
  'presence.akimat.present': 'no',
  'presence.police.present': 'no',
  'police.best': 0,
  authority_action: ['none'],
  'detained.best': 0,
  ...values,
});
const faultsOf = (values: EntryValues) => validateValues(study, card, values).map((p) => p.code);

describe('indicators', () => {
  // Methodology 10; `asm.share`, `asm.warnings` and the like are measures of these tables.
  test.each([
    'count',
    'ima',
    'theme_share',
    'topic_count',
    'ngo_share',
    'organiser_share',
    'form_share',
    'unsanctioned_share',
    'iz',
    'reason_share',
    'presence',
    'police',
    'ipk',
    'detention_share',
    'detained',
    'obstructed',
    'no_consequence',
    'sanctioned_persons',
    'court_rate_persons',
    'court_rate_assemblies',
    'participants',
    'duration',
    'prevented',
    'intention_sentenced',
  ])('asm.%s has a table', (name) => {
    expect(study.tables.some((t) => t.id === `asm.${name}` || t.id.startsWith(`asm.${name}.`))).toBe(true);
  });

  test('every table belongs to a section of the report', () => {
    expect(study.tables.filter((t) => t.section === undefined).map((t) => t.id)).toEqual([]);
  });

  test('police control is officers for each participant, not the other way round', () => {
    const ipk = study.tables.find((t) => t.id === 'asm.ipk.by_city')?.measures.find((m) => m.id === 'ipk');
    expect(ipk).toMatchObject({
      kind: 'ratio',
      numerator: { field: 'police.best' },
      denominator: { field: 'participants.best' },
    });
  });

  test('periods whose months nobody knows have no exposure', () => {
    expect(study.periods.filter((p) => p.exposure === undefined).map((p) => p.id)).toEqual([
      '2011',
      '2012',
      '2013',
    ]);
  });
});

describe('the observation card', () => {
  test('what could name a person or a spot is identity', () => {
    const identity = card.fields.filter((f) => f.sensitivity === 'identity').map((f) => f.path);
    expect(identity).toEqual([
      'location_text',
      'point',
      'organiser_actor',
      'demands_text',
      'source_persons',
      'evidence_files',
      'notes',
    ]);
  });

  test('a card in order has no fault', () => {
    expect(faultsOf(aCardWith({}))).toEqual([]);
  });

  test.each<[string, EntryValues]>([
    ['a topic of another theme group', { topic: 'eviction' }],
    ['a single-person picket of two', { form: 'single_picket' }],
    ['officers counted where no police came', { 'police.best': 5 }],
    ['more detained than took part', { 'detained.best': 3 }],
    ['no action together with a warning', { authority_action: ['none', 'warning'] }],
    ['an assembly that was held by nobody', { 'participants.best': 0 }],
    [
      'a designated place that is no designated site',
      { place_type: 'designated', is_specialised_site: 'no' },
    ],
  ])('%s is refused', (_, values) => {
    expect(faultsOf(aCardWith(values))).toContain('record_constraint');
  });

  test('a prevented assembly may have no participants', () => {
    expect(faultsOf(aCardWith({ realisation: 'prevented', 'participants.best': 0 }))).toEqual([]);
  });

  test('the reason for not applying is asked only where nobody applied', () => {
    const values = deriveValues(card, aCardWith({ authorisation: 'sanctioned' }));
    expect(values['reason_no_application']).toEqual({ missing: 'not_asked' });
  });
});

describe('what the card derives', () => {
  const issueOf = (values: EntryValues) =>
    deriveValues(card, aCardWith({ 'detained.best': 1, ...values }))['detention_issue'];

  test('an action of the campaign is its own issue', () => {
    expect(issueOf({ theme_group: 'political', topic: 'free_education', campaign: 'dvk' })).toBe(
      'dvk_attempts_stopped',
    );
  });
  test('the same demand outside the campaign is not', () => {
    expect(issueOf({ theme_group: 'political', topic: 'free_political_prisoners' })).toBe(
      'political_prisoners',
    );
  });
  test('an issue that the published list lacks is other', () => {
    expect(issueOf({})).toBe('other');
  });
  test('without detentions there is no issue', () => {
    expect(issueOf({ 'detained.best': 0 })).toEqual({ missing: 'not_asked' });
  });
  test('persons before a court are the proceedings of the card', () => {
    const values = deriveValues(card, aCardWith({ proceedings: ['p-1', 'p-2'] }));
    expect(values['court.persons']).toBe(2);
  });
  test('without proceedings nobody stood before a court', () => {
    expect(deriveValues(card, aCardWith({}))['court.persons']).toBe(0);
  });
});

describe('the proceeding card', () => {
  test('the number of the case and the person are identity: a name is found by the number', () => {
    const identity = instrument('proceeding')
      .fields.filter((f) => f.sensitivity === 'identity')
      .map((f) => f.path);
    expect(identity).toEqual(['case_number', 'person', 'document', 'notes']);
  });

  test('an administrative arrest of sixteen days is refused', () => {
    const values: EntryValues = {
      card_number: 'd-1',
      place: 'astana',
      procedure: 'administrative',
      stage: 'first_instance',
      decided_on: '2018-05-11',
      outcome: 'convicted',
      main_sanction: 'admin_arrest',
      sanctions: [{ row_id: '1', values: { kind: 'admin_arrest', amount: '16.00', amount_unit: 'days' } }],
    };
    expect(validateValues(study, instrument('proceeding'), values).map((p) => p.code)).toEqual([
      'record_constraint',
    ]);
  });
});
