import { readFileSync } from 'node:fs';
import { type BuiltReport, buildReport, type ReportInput, readSource } from '../../src/report/index.ts';
import type { Study, TableDefinition } from '../../src/study/index.ts';
import { countTables } from '../../src/tables/index.ts';
import {
  createMessages,
  fraction,
  type Label,
  type Language,
  type Messages,
  type Problem,
} from '../../src/vocabulary/index.ts';
import { aCountingStudy, aMeasure, aTable, by, count, sum } from './counting.ts';
import { aSnapshotWith, codes, numbers } from './snapshot.ts';

const catalogue = (language: Language): string =>
  readFileSync(new URL(`../../src/vocabulary/messages/${language}.yaml`, import.meta.url), 'utf8');

export const theMessages: Messages = createMessages({
  kk: catalogue('kk'),
  ru: catalogue('ru'),
  en: catalogue('en'),
});

export const inThree = (kk: string, ru: string, en: string): Label => ({
  kk: { text: kk },
  ru: { text: ru },
  en: { text: en },
});

const CITIES: readonly (readonly [string, Label])[] = [
  ['astana', inThree('Астана', 'Астана', 'Astana')],
  ['oral', inThree('Орал', 'Уральск', 'Oral')],
  ['semey', inThree('Семей', 'Семей', 'Semey')],
];

/** Nine assemblies: four in 2017 (three in Oral, one in Astana), five in 2018 (four in Astana, one in Oral), none in Semey. */
const PLACES = ['oral', 'oral', 'oral', 'astana', 'astana', 'astana', 'astana', 'astana', 'oral'];
const PERIODS = ['2017', '2017', '2017', '2017', '2018', '2018', '2018', '2018', '2018'];
const PEOPLE = [10, 20, 30, 40, 10, 10, 20, 60, 100];

const TABLES: readonly TableDefinition[] = [
  aTable({
    id: 'asm.count.by_city',
    title: inThree('Қала бойынша жиналыстар', 'Собрания по городам', 'Assemblies by city'),
    definition: inThree('Өткен жиналыстар.', 'Состоявшиеся собрания.', 'Assemblies that were held.'),
    note: inThree(
      'Орал қаласы: 2017 жыл толық емес.',
      'Уральск: 2017 год неполный.',
      'Oral: 2017 is incomplete.',
    ),
    measures: [
      { ...count('n'), label: inThree('Жиналыс', 'Собраний', 'Assemblies') },
      {
        ...aMeasure('share', { kind: 'share', measure: 'n', within: 'column' }, 'percent', 1),
        label: inThree('Үлесі', 'Доля', 'Share'),
      },
    ],
    dimensions: [by('place', { empty: 'show' }), by('period')],
    totals: ['place'],
  }),
  aTable({
    id: 'asm.participants',
    title: inThree('Қатысушылар', 'Участники', 'Participants'),
    measures: [
      {
        ...aMeasure('total', { kind: 'term', term: sum('participants.best') }, 'persons', 0),
        label: inThree('Барлығы', 'Всего', 'In all'),
      },
      {
        ...aMeasure(
          'mean',
          { kind: 'statistic', statistic: 'mean', field: 'participants.best' },
          'persons_per_assembly',
          1,
        ),
        label: inThree('Орташа', 'В среднем', 'Mean'),
      },
    ],
    dimensions: [by('period')],
  }),
];

const year = (id: string): Study['periods'][number] => ({
  id,
  start: `${id}-01-01`,
  end: `${id}-12-31`,
  exposure: { months: fraction(12), source: 'stated' },
});

export const aReportStudy = (given: Partial<Study> = {}): Study =>
  aCountingStudy({
    title: inThree('Бейбіт жиналыстар', 'Мирные собрания', 'Peaceful assemblies'),
    periods: [year('2017'), year('2018')],
    tables: TABLES,
    codeLists: new Map([
      [
        'form',
        {
          id: 'form',
          title: inThree('Түрі', 'Форма', 'Form'),
          codes: [
            { code: 'rally', label: inThree('Митинг', 'Митинг', 'Rally'), crosswalk: new Map() },
            {
              code: 'march',
              label: { ...inThree('Шеру', 'Шествие', 'March'), kk: { text: 'Шеру', review: 'needed' } },
              crosswalk: new Map(),
            },
          ],
        },
      ],
    ]),
    instruments: new Map([
      [
        'assembly',
        {
          id: 'assembly',
          version: 1,
          kind: 'card',
          unit: 'assembly',
          title: inThree('Бақылау карточкасы', 'Карточка наблюдения', 'Observation card'),
          sections: [],
          fields: [
            {
              path: 'place',
              type: 'place',
              label: inThree('Қала', 'Город', 'City'),
              sensitivity: 'statistical',
              required: true,
            },
          ],
          keyFields: [],
          unique: [],
          upgrades: [],
        },
      ],
    ]),
    geography: {
      units: new Map(),
      settlements: new Map(CITIES.map(([id, label]) => [id, { id, label, units: [], zone: 'Asia/Almaty' }])),
      vintages: [],
      macroRegions: [],
    },
    ...given,
  });

export const aReportSnapshot = (synthetic = true) =>
  aSnapshotWith(
    {
      assembly: {
        columns: {
          place: codes(PLACES, ['astana', 'oral', 'semey']),
          period: codes(PERIODS),
          'participants.best': numbers(PEOPLE),
        },
      },
    },
    { id: 'c0ffee'.padEnd(64, '0'), logRoot: 'ab'.repeat(32), logSize: 18, rows: { assembly: 9 }, synthetic },
  );

/** A report file around a body: front matter and one chapter. */
export const aText = (body: string, head = 'title: A report'): string =>
  `---\n${head}\n---\n\n# Chapter {% #chapter %}\n\n${body}\n`;

export const aReportInput = (
  text: string,
  language: Language = 'en',
  given: Partial<ReportInput> = {},
): ReportInput => {
  const study = given.study ?? aReportStudy();
  const snapshot = aReportSnapshot();
  return {
    study,
    snapshot: snapshot.manifest,
    tables: countTables(study, snapshot, study.tables),
    figures: ({ kind, measure }) => ({
      svg: `<svg viewBox="0 0 120 60" xmlns="http://www.w3.org/2000/svg"><title>${kind} ${measure}</title><rect id="bar" width="60" height="20"/></svg>`,
      width: 120,
      height: 60,
      alt: `A ${kind} chart of ${measure}`,
      notes: [],
    }),
    source: readSource(text, `report.${language}.md`, language),
    language,
    period: year('2018'),
    messages: theMessages,
    organisation: 'Sample organisation',
    ...given,
  };
};

export const build = (
  body: string,
  language: Language = 'en',
  given: Partial<ReportInput> = {},
): BuiltReport => buildReport(aReportInput(aText(body), language, given));

/** Codes and the places of problems, as a person would read them. */
export const brief = (problems: readonly Problem[]): readonly string[] =>
  problems.map((p) =>
    `${p.at?.line ?? '?'}:${p.at?.column ?? '?'} ${p.code} ${p.details['reason'] ?? p.details['text'] ?? ''}`.trim(),
  );
