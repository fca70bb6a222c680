import type { Column, Snapshot, SnapshotTable } from '../src/snapshot/index.ts';
import { type Study, snapshotColumnsOf } from '../src/study/index.ts';
import { parsePartialDate, RECORDED_MISSING } from '../src/vocabulary/index.ts';
import { columnFor, type Random, random } from './synthetic-cards.ts';

/** Rows for each incident, as the published report has them: 391 incidents. */
const PER_INCIDENT = {
  violations: 407 / 391,
  cases: 109 / 391,
  charges: 133 / 391,
  hearings: 175 / 391,
  materials: 175 / 391,
  links: 179 / 391,
};
/** Outlets of a monitored panel: it does not grow with what they write about. */
const OUTLETS = 600;
const NOT_RECORDED = 1 + RECORDED_MISSING.indexOf('not_recorded');
const NOT_ASKED = 1 + RECORDED_MISSING.indexOf('not_asked');

const columnsOf = (study: Study, id: string, rows: number, next: Random, wanted: string) => {
  const names = wanted.split(' ');
  const columns = (snapshotColumnsOf(study, id) ?? []).flatMap((described) => {
    if (!names.includes(described.path)) return [];
    const column = columnFor(study, described, rows, next);
    return column === undefined ? [] : [[described.path, column] as const];
  });
  return new Map<string, Column>(columns);
};

/** Parents in ascending order: about `rows` children, spread evenly at random. */
const parentsOf = (above: number, rows: number, next: Random): Uint32Array =>
  Uint32Array.from({ length: rows }, () => Math.floor(next() * above)).sort();

const ids = (name: string, prefix: string, numbers: Uint32Array, missing?: Uint8Array): Column => ({
  kind: 'text',
  name,
  values: Array.from(numbers, (n, row) => ((missing?.[row] ?? 0) > 0 ? '' : `${prefix}${n}`)),
  ...(missing === undefined ? {} : { missing }),
});

const withGaps = (column: Column, missing: Uint8Array): Column => {
  if (column.kind === 'text') throw new Error('a text');
  const values = column.values.slice();
  for (let row = 0; row < values.length; row++) if (missing[row] !== 0) values[row] = 0;
  return { ...column, values, missing } as Column;
};

const gaps = (rows: number, share: number, next: Random): Uint8Array =>
  Uint8Array.from({ length: rows }, () => (next() < share ? NOT_RECORDED : 0));

const countsOf = (name: string, rows: number, parents: Uint32Array): Column => {
  const values = new Int32Array(rows);
  for (const parent of parents) values[parent] = (values[parent] as number) + 1;
  return { kind: 'number', name, decimals: 0, values };
};

/** Exact days of the study's first to last period, as the columns of a date. */
const daysOf = (study: Study, name: string, rows: number, next: Random): readonly Column[] => {
  const [first, last] = [study.periods[0]?.start, study.periods.at(-1)?.end].map(
    (day) => parsePartialDate(day ?? '')?.firstDay ?? 0,
  ) as [number, number];
  const values = Int32Array.from({ length: rows }, () => first + Math.floor(next() * (last - first + 1)));
  return [name, `${name}.last`].map((of) => ({ kind: 'day', name: of, values }));
};

/** Card numbers come again after a thousand, so that the tables about one case have cells at any size. */
const cardNumbers = (prefix: string, rows: number): Column => ({
  kind: 'text',
  name: 'card_number',
  values: Array.from({ length: rows }, (_, row) => `${prefix}-${String(row % 1000).padStart(3, '0')}`),
});

/**
 * A snapshot of the defenders study: incidents with violations, victims, cases, charges and materials in proportion, every
 * column that the tables of incidents, courts and media read. One case in ten belongs to two incidents or more.
 */
export const syntheticIncidents = (study: Study, incidents: number, seed = 2015): Snapshot => {
  const next = random(seed);
  const tables = new Map<string, SnapshotTable>();
  const size = (share: number): number => Math.round(share * incidents);
  const put = (
    id: string,
    rows: number,
    wanted: string,
    parents?: Uint32Array,
    more: readonly Column[] = [],
  ): Map<string, Column> => {
    const columns = columnsOf(study, id, rows, next, wanted);
    for (const column of more) columns.set(column.name, column);
    const up = id.slice(0, id.lastIndexOf('.'));
    const parent = parents === undefined ? {} : { parent: { table: up, rows: parents } };
    tables.set(id, { id, unit: study.instruments.get(id)?.unit ?? id, rows, columns, ...parent });
    return columns;
  };

  const [violations, victims] = [size(PER_INCIDENT.violations), size(PER_INCIDENT.violations)].map((rows) =>
    parentsOf(incidents, rows, next),
  ) as [Uint32Array, Uint32Array];
  const own = put(
    'incident',
    incidents,
    'period counted unit_id evidence place role_in_event link_to_activity principal_party state_actor akim_in_person reaction',
    undefined,
    [
      countsOf('violations_n', incidents, violations),
      countsOf(
        'sdg_acts_n',
        incidents,
        violations.filter((_, i) => i % 3 > 0),
      ),
      ...daysOf(study, 'date', incidents, next),
      cardNumbers('I', incidents),
    ],
  );
  const [party, akim] = [own.get('principal_party'), own.get('akim_in_person')];
  if (party?.kind === 'code' && akim !== undefined) {
    const akimat = party.dictionary.indexOf('akimat');
    const irrelevant = Uint8Array.from(party.values, (p) => (p === akimat ? 0 : NOT_ASKED));
    own.set('akim_in_person', withGaps(akim, irrelevant));
  }
  const acts = put('incident.violations', violations.length, 'kind victims_n act_class', violations);
  acts.set('act_class', withGaps(acts.get('act_class') as Column, gaps(violations.length, 0.05, next)));
  put('incident.victims', victims.length, 'sex age_group', victims);

  const cases = size(PER_INCIDENT.cases);
  const ofCase = Uint32Array.from({ length: cases }, (_, n) =>
    next() < 0.1 ? Math.floor(next() * cases) : n,
  );
  put(
    'incident.proceedings',
    cases,
    'place procedure stage direction victim_role plaintiff outcome main_sanction its_counted its_period',
    parentsOf(incidents, cases, next),
    [ids('value', 'case:', ofCase)],
  );
  put('proceeding', cases, 'counted direction stage outcome', undefined, [
    ...daysOf(study, 'decided_on', cases, next),
    cardNumbers('P', cases),
    ids('appeal_of', 'case:', ofCase, gaps(cases, 0.8, next)),
  ]);
  const charges = size(PER_INCIDENT.charges);
  put('proceeding.charges', charges, 'kind', parentsOf(cases, charges, next));

  const heard = parentsOf(cases, size(PER_INCIDENT.hearings), next);
  put('proceeding.hearings', heard.length, 'observed', heard, [
    ids('record_id', 'case:', heard),
    ...daysOf(study, 'date', heard.length, next),
  ]);

  const materials = size(PER_INCIDENT.materials);
  const numbers = (below: number): Uint32Array =>
    Uint32Array.from({ length: materials }, () => Math.floor(next() * below));
  const items = put(
    'material',
    materials,
    'period counted place language genre tone outlet.kind outlet.scope',
    undefined,
    [
      ids('outlet', 'outlet:', numbers(OUTLETS)),
      ids('reprint_of', 'item:', numbers(materials), gaps(materials, 0.8, next)),
    ],
  );
  items.set('genre', withGaps(items.get('genre') as Column, gaps(materials, 0.05, next)));
  const links = size(PER_INCIDENT.links);
  const written = parentsOf(materials, links, next);
  const about = Uint32Array.from({ length: links }, () => Math.floor(next() * incidents));
  put('material.incidents', links, 'place role_in_event its_counted', written, [
    ids('value', 'incident:', about),
  ]);
  const inverse = Uint32Array.from(about.keys()).sort((a, b) => (about[a] ?? 0) - (about[b] ?? 0));
  put(
    'incident.materials',
    links,
    'genre its_counted',
    inverse.map((i) => about[i] ?? 0),
    [
      ...daysOf(study, 'date', links, next),
      ids(
        'value',
        'item:',
        inverse.map((i) => written[i] ?? 0),
      ),
    ],
  );
  return {
    tables,
    manifest: {
      id: `synthetic-${incidents}`,
      org: 'bench',
      study: { id: study.id, version: study.version, hash: study.hash },
      logSize: incidents,
      logRoot: '',
      periods: study.periods.map((p) => p.id),
      vintage: study.vintage,
      counted: '',
      rows: {},
      tableHashes: {},
      codeListHashes: {},
      exclusions: [],
      conflicts: [],
      exposure: [],
      engine: 'bench',
      synthetic: true,
    },
  };
};
