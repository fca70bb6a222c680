import { expect, test } from 'vitest';
import type { EntryValues } from '../../src/records/index.ts';
import { countTables, findCell } from '../../src/tables/index.ts';
import { isMissing, roundTo } from '../../src/vocabulary/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { id } from '../builders/entries.ts';
import { aRecordOf } from '../builders/records.ts';
import { freeze } from '../snapshot/freezing.ts';

// One case is one person (methodology 9.6); what the person appeals is a card of its own and nobody else.
const { study } = studyFromFolders([builtInStudies()], 'assemblies');
const tables = study.tables.filter((t) => t.section === 'sanctions');

const folded = (instrument: string, number: number, values: EntryValues, checked?: boolean) =>
  aRecordOf(study, instrument, number, values, checked);
const aCase = (number: number, values: EntryValues, checked = true) =>
  folded(
    'proceeding',
    number,
    {
      decided_on: '2018-05-12',
      assembly_relation: 'participation',
      outcome: 'convicted',
      main_sanction: 'fine',
      sanctions: [{ row_id: '1', values: { kind: 'fine' } }],
      charges: [{ row_id: '1', values: { kind: 'unsanctioned_rally' } }],
      ...values,
    },
    checked,
  );
const anAssembly = (number: number, cases: readonly number[]) =>
  folded('assembly', number, {
    date: '2018-05-10',
    realisation: 'held',
    proceedings: cases.map((n) => id(n)),
  });

const shown = async (
  records: readonly ReturnType<typeof folded>[],
  addresses: readonly string[],
): Promise<readonly string[]> => {
  const counted = countTables(study, await freeze(records, { study }), tables);
  return addresses.map((address) => {
    const cell = counted.map((t) => findCell(t, address)).find((c) => c !== undefined);
    return cell === undefined || isMissing(cell.value) ? 'none' : roundTo(cell.value, 0);
  });
};
const numbers = (...cases: readonly ReturnType<typeof aCase>[]): Promise<readonly string[]> =>
  shown(cases, [
    'asm.sanctioned_persons.by_city/_total/2018/sanctioned',
    'asm.sanctioned_persons.by_sanction/fine/2018/persons',
    'asm.sanctions/fine/2018/n',
    'asm.charges/unsanctioned_rally/2018/n',
  ]);
const tried = async (...records: readonly ReturnType<typeof folded>[]): Promise<string | undefined> =>
  (await shown(records, ['asm.court_rate_persons.by_period/2018/_/tried']))[0];

test('a person who appeals is one person with one sanction and one charge', async () => {
  const appeal = aCase(2, { stage: 'appeal', appeal_of: id(1), decided_on: '2018-06-20' });
  expect(await numbers(aCase(1, { stage: 'first_instance' }), appeal)).toEqual(['1', '1', '1', '1']);
});

test('control: two cases in the first instance are two people', async () => {
  const cases = [1, 2].map((n) => aCase(n, { stage: 'first_instance' }));
  expect(await numbers(...cases)).toEqual(['2', '2', '2', '2']);
});

test('a case that nobody checked is neither among the punished nor among those whom an assembly brought before a court', async () => {
  const cases = [aCase(1, {}), aCase(2, {}, false)];
  expect([(await numbers(...cases))[0], await tried(...cases, anAssembly(9, [1, 2]))]).toEqual(['1', '1']);
});

test('control: two checked cases are two people in both', async () => {
  const cases = [aCase(1, {}), aCase(2, {})];
  expect([(await numbers(...cases))[0], await tried(...cases, anAssembly(9, [1, 2]))]).toEqual(['2', '2']);
});
