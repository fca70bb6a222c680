import { stringify } from 'yaml';
import { ASSEMBLY_COLUMNS, REVIEW_HEADINGS } from './assembly-rows.ts';
import { type Column, ruleOf } from './columns.ts';
import { NIL_COLUMNS } from './nil-rows.ts';
import { PROCEEDING_COLUMNS } from './proceeding-rows.ts';
import { valuesOf } from './words.ts';

const FILE = { format: 'csv', encoding: 'utf-8', delimiter: ';' };
const DAY = { date: 'DD.MM.YYYY' };
const rules = (columns: readonly Column[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((c) => [c.to, ruleOf(c)]));
const reviewed = (evidence: unknown): unknown => ({
  state: 'verified',
  author: { from: 'Кто заполнил' },
  submitted_on: { from: REVIEW_HEADINGS.submitted_on, parse: DAY },
  vouched_by: { from: REVIEW_HEADINGS.verified_by },
  verified_on: { from: REVIEW_HEADINGS.verified_on, parse: DAY },
  evidence,
});

const yaml = (comment: string, mapping: unknown): string =>
  `# ${comment}\n${stringify(mapping, { lineWidth: 0, aliasDuplicateObjects: false })}`;

export const assemblyMapping = (): string =>
  yaml('How the monitors’ spreadsheet becomes observation cards. Written by tools/samples/assemblies.ts.', {
    study: 'assemblies',
    instrument: 'assembly',
    file: FILE,
    key: ['Номер карты'],
    columns: rules(ASSEMBLY_COLUMNS),
    review: reviewed({ from: REVIEW_HEADINGS.evidence, values: valuesOf('evidence') }),
    ignore: [REVIEW_HEADINGS.remark],
  });

/** One row is one person: its charge and its sanction are the single rows of two repeats. */
export const proceedingMapping = (): string => {
  const inRepeat = (repeat: string): Record<string, unknown> =>
    Object.fromEntries(
      PROCEEDING_COLUMNS.filter((c) => c.to.startsWith(`${repeat}.`)).map((c) => [
        c.to.slice(repeat.length + 1),
        ruleOf(c),
      ]),
    );
  const sanction = PROCEEDING_COLUMNS.find((c) => c.to === 'main_sanction');
  return yaml(
    'How the table of court cases becomes proceeding cards. Written by tools/samples/assemblies.ts.',
    {
      study: 'assemblies',
      instrument: 'proceeding',
      file: FILE,
      key: ['Номер карточки'],
      columns: {
        ...rules(PROCEEDING_COLUMNS.filter((c) => !/^(?:charges|sanctions)\./.test(c.to))),
        procedure: { constant: 'administrative' },
        stage: { constant: 'first_instance' },
        victim_role: { constant: 'defendant' },
        plaintiff: { constant: 'police' },
        outcome: { constant: 'convicted' },
      },
      repeats: {
        charges: { rows: [inRepeat('charges')] },
        sanctions: {
          rows: [{ ...(sanction === undefined ? {} : { kind: ruleOf(sanction) }), ...inRepeat('sanctions') }],
        },
      },
      review: reviewed({ constant: 'verified' }),
    },
  );
};

export const nilMapping = (): string =>
  yaml('How weeks in which nothing happened become nil reports. Written by tools/samples/assemblies.ts.', {
    study: 'assemblies',
    instrument: 'nil_report',
    file: FILE,
    key: ['Неделя (понедельник)', 'Регион', 'Кто заполнил'],
    columns: rules(NIL_COLUMNS),
    review: reviewed({ constant: 'single_source' }),
  });
