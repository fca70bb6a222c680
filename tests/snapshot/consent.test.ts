import { describe, expect, test } from 'vitest';
import { type EntryBody, type EntryValues, foldRecord, type RecordState } from '../../src/records/index.ts';
import type { Study } from '../../src/study/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import { aStudy, problemsOf } from '../builders/study-files.ts';
import { freeze, read } from './freezing.ts';

const label = '{kk: Өріс, ru: Поле, en: Field}';
const instrument = (name: string, fields: string): string => `
id: ${name}
version: 1
kind: questionnaire
unit: ${name}
title: ${label}
fields:
${fields}
`;
const person = (more: string): string =>
  `  - {name: person, type: reference, to: respondent, ${more}label: ${label}, sensitivity: statistical}`;
const units = ['gathering', 'respondent', 'talk', 'note']
  .map((unit) => `- {id: unit.${unit}, text: ${label}}`)
  .join('\n');
const asked = (consent: string): Study =>
  aStudy({
    'street/words.yaml': units,
    'street/instruments/respondent.yaml': instrument(
      'respondent',
      `  - {name: answer, type: select_one, list: yes_no, label: ${label}, sensitivity: statistical}`,
    ),
    'street/instruments/talk.yaml': instrument(
      'talk',
      `${person(consent)}\n  - {name: topics, type: select_multiple, list: form, label: ${label}, sensitivity: statistical}`,
    ),
    'street/instruments/note.yaml': instrument(
      'note',
      `  - {name: talk, type: reference, to: talk, several: true, ${consent}label: ${label}, sensitivity: statistical}`,
    ),
  });
const study = asked('consent: true, ');

type Act = Partial<EntryBody> & Pick<EntryBody, 'kind'>;
const aRecord = (
  instrument: string,
  n: number,
  values: EntryValues,
  ...acts: readonly Act[]
): RecordState => {
  const entry = (place: number): string => id(n * 100 + place);
  const all: readonly Act[] = [{ kind: 'submit', values }, ...acts];
  return foldRecord(
    all.map((act, i) =>
      aLeaf({
        study: 'street',
        instrument,
        record_id: id(n),
        entry_id: entry(i),
        parents: i === 0 ? [] : [entry(i - 1)],
        ...act,
      }),
    ),
    study.instruments.get(instrument),
  );
};
const aRespondent = (n: number, ...acts: readonly Act[]): RecordState =>
  aRecord('respondent', n, { answer: 'yes' }, ...acts);
const aTalk = (n: number, with_: number): RecordState =>
  aRecord('talk', n, { person: id(with_), topics: ['rally', 'picket'] });
const WITHDRAWN: Act = { kind: 'withdraw_consent', author: 'beket' };
const mergedInto = (n: number): Act => ({ kind: 'merge', author: 'beket', values: { into: id(n) } });
const gone = (n: number) => ({ recordId: id(n), reason: 'consent_withdrawn' });

describe('a withdrawn consent', () => {
  test.each([
    ['before', (r: RecordState, rest: RecordState[]) => [r, ...rest]],
    ['after', (r: RecordState, rest: RecordState[]) => [...rest, r]],
  ])('takes out what rests on it, read %s it, and says why', async (_, inOrder) => {
    const states = inOrder(aRespondent(1, WITHDRAWN), [aRespondent(2), aTalk(11, 1), aTalk(12, 2)]);
    const snapshot = await freeze(states, { study });
    expect(read(snapshot, 'respondent', 'record_id')).toEqual([id(2)]);
    expect(read(snapshot, 'talk', 'record_id')).toEqual([id(12)]);
    expect(snapshot.manifest.exclusions).toEqual([gone(1), gone(11)]);
  });

  test('takes out the rows below those records, and keeps those of others under their own record', async () => {
    const snapshot = await freeze([aRespondent(1, WITHDRAWN), aRespondent(2), aTalk(11, 1), aTalk(12, 2)], {
      study,
    });
    expect(read(snapshot, 'talk.topics', 'record_id')).toEqual([id(12), id(12)]);
    expect([...(snapshot.tables.get('talk.topics')?.parent?.rows ?? [])]).toEqual([0, 0]);
  });

  test('reaches what rests on it through another record', async () => {
    const note = aRecord('note', 21, { talk: [id(11)] });
    const snapshot = await freeze([note, aTalk(11, 1), aRespondent(1, WITHDRAWN)], { study });
    expect(snapshot.tables.get('note')?.rows).toBe(0);
    expect(snapshot.manifest.exclusions).toEqual([gone(1), gone(11), gone(21)]);
  });

  test('is not undone by including the record again', async () => {
    const snapshot = await freeze([aRespondent(1, WITHDRAWN, { kind: 'include' }), aTalk(11, 1)], { study });
    expect(snapshot.tables.get('talk')?.rows).toBe(0);
  });

  test('leaves alone what refers to the person without resting on consent', async () => {
    const snapshot = await freeze([aRespondent(1, WITHDRAWN), aTalk(11, 1)], { study: asked('') });
    expect(snapshot.tables.get('talk')?.rows).toBe(1);
  });

  test.each([
    ['the record that was merged', [aRespondent(1, WITHDRAWN, mergedInto(2)), aRespondent(2)]],
    ['the record that it was merged into', [aRespondent(1, mergedInto(2)), aRespondent(2, WITHDRAWN)]],
  ])('stated on %s is that of one person', async (_, respondents) => {
    const snapshot = await freeze([...respondents, aTalk(11, 1), aTalk(12, 2)], { study });
    expect(snapshot.tables.get('talk')?.rows).toBe(0);
    expect(snapshot.tables.get('respondent')?.rows).toBe(0);
  });
});

describe('a record that refers to a merged one', () => {
  test('refers to the one that counts: a person registered twice is one person', async () => {
    const snapshot = await freeze(
      [aRespondent(1, mergedInto(2)), aRespondent(2), aTalk(11, 1), aTalk(12, 2)],
      { study },
    );
    expect(read(snapshot, 'talk', 'person')).toEqual([id(2), id(2)]);
  });

  test('refers to its own again once the merge is undone', async () => {
    const undone = aRespondent(1, mergedInto(2), { kind: 'unmerge', author: 'beket' });
    const snapshot = await freeze([undone, aRespondent(2), aTalk(11, 1)], { study });
    expect(read(snapshot, 'talk', 'person')).toEqual([id(1)]);
    expect(snapshot.tables.get('respondent')?.rows).toBe(2);
  });
});

test('only a reference can rest on consent', () => {
  const edits = {
    'street/instruments/gathering.yaml': [['type: duration,', 'type: duration, consent: true,']],
  } as const;
  expect(problemsOf(edits).map((p) => p.code)).toContain('study_field_key_unfit');
});
