/* oxlint-disable typescript/no-non-null-assertion -- an index that is always inside its array; checks would slow what is to be the limit */
import { type Into, numbers, type Relations, shifted, slot, slots } from './hand-columns.ts';

/** Rows in the order of what they refer to, worked out beforehand as an index would be. */
const ordered = (values: Int32Array): Uint32Array =>
  Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);

/** Counts different values by cell, where rows come in the order of the values. The last cell is the grand total. */
const different = (cells: number) => ({
  counts: new Float64Array(cells + 1),
  seen: new Int32Array(cells + 1).fill(-1),
});
type Different = ReturnType<typeof different>;
const see = ({ counts, seen }: Different, cell: number, value: number): void => {
  if (seen[cell] !== value) {
    seen[cell] = value;
    counts[cell]!++;
  }
  const last = counts.length - 1;
  if (seen[last] !== value) {
    seen[last] = value;
    counts[last]!++;
  }
};

const put = (out: Into, id: string, { counts }: Different): void => {
  out.set(id, counts.subarray(0, -1));
  out.set(`${id}/_total`, counts.subarray(-1));
};

/** The same by two dimensions, with the totals of each, which are not sums either. */
const seeBoth = (
  cells: Different,
  rows: Different,
  columns: Different,
  row: number,
  column: number,
  value: number,
): void => {
  see(cells, row * (columns.counts.length - 1) + column, value);
  see(rows, row, value);
  see(columns, column, value);
};

export const lawsuits = (r: Relations) => {
  const v = (name: string): Uint8Array => shifted(r, 'lawsuit', name);
  const size = (name: string): number => slots(r, 'lawsuit', name);
  const s = (name: string, code: string): number => slot(r, 'lawsuit', name, code);
  const [counted, value] = [numbers(r, 'lawsuit', 'counted'), numbers(r, 'lawsuit', 'value')];
  const theirs = numbers(r, 'lawsuit', 'its_counted');
  const [direction, stage, period, role, victimRole] = [
    v('direction'),
    v('stage'),
    v('period'),
    v('role_in_event'),
    v('victim_role'),
  ];
  const [party, sanction] = [v('principal_party'), v('main_sanction')];
  const [procedure, outcome, plaintiff, place, group] = [
    v('procedure'),
    v('outcome'),
    v('plaintiff'),
    v('place'),
    v('role_group'),
  ];
  const [against, by] = [s('direction', 'against_hrd'), s('direction', 'by_hrd_against_state')];
  const [trial, defendant] = [s('stage', 'trial'), s('victim_role', 'defendant')];
  const court = s('principal_party', 'court');
  const [pending, convicted, acquitted, won] = ['pending', 'convicted', 'acquitted', 'won'].map((c) =>
    s('outcome', c),
  ) as [number, number, number, number];
  const order = ordered(value);
  const both = (a: string, b: string) =>
    [different(size(a) * size(b)), different(size(a)), different(size(b))] as const;
  return (out: Into): void => {
    const stages = both('stage', 'period');
    const trials = both('role_in_event', 'period');
    const [composition, procedures, outcomes] = [
      different(size('victim_role')),
      different(size('procedure')),
      different(size('outcome')),
    ];
    const [plaintiffs, convictions, acquittals] = [
      different(size('plaintiff')),
      different(size('place')),
      different(size('place')),
    ];
    const [roleStages, courses] = [both('role_in_event', 'stage'), both('outcome', 'procedure')];
    const [sanctions, started] = [different(size('main_sanction')), different(size('plaintiff'))];
    const suits = both('role_group', 'outcome');
    const cities = both('place', 'outcome');
    const [directions, allWon] = [different(size('direction')), different(1)];
    for (let k = 0; k < order.length; k++) {
      const i = order[k]!;
      if (counted[i] !== 1 || theirs[i] !== 1) continue;
      const [id, o] = [value[i]!, outcome[i]!];
      see(directions, direction[i]!, id);
      if (direction[i] === against) {
        seeBoth(...stages, stage[i]!, period[i]!, id);
        seeBoth(...roleStages, role[i]!, stage[i]!, id);
        see(composition, victimRole[i]!, id);
        if (party[i] === court) see(started, plaintiff[i]!, id);
        if (stage[i] === trial) seeBoth(...trials, role[i]!, period[i]!, id);
        if (victimRole[i] === defendant) see(procedures, procedure[i]!, id);
        if (o !== pending) {
          see(outcomes, o, id);
          seeBoth(...courses, o, procedure[i]!, id);
        }
        if (o === convicted) {
          see(sanctions, sanction[i]!, id);
          see(plaintiffs, plaintiff[i]!, id);
          see(convictions, place[i]!, id);
        }
        if (o === acquitted) see(acquittals, place[i]!, id);
      } else if (direction[i] === by) {
        if (o === won) see(allWon, 0, id);
        seeBoth(...suits, group[i]!, o, id);
        seeBoth(...cities, place[i]!, o, id);
      }
    }
    const all = {
      'crt.cases.by_stage_quarter': stages[0],
      'inc.party.plaintiff': started,
      'crt.cases.by_role_stage': roleStages[0],
      'crt.outcome.by_procedure': courses[0],
      'crt.sanctions': sanctions,
      'crt.composition': composition,
      'crt.trials.by_role_quarter': trials[0],
      'crt.procedure': procedures,
      'crt.outcome': outcomes,
      'crt.conviction_plaintiff': plaintiffs,
      'crt.convictions_city': convictions,
      'crt.acquittals': acquittals,
      'crt.by_hrd': suits[0],
      'crt.by_hrd.city': cities[0],
    };
    for (const [id, cells] of Object.entries(all)) put(out, id, cells);
    out.set('crt.by_hrd_won', allWon.counts.subarray(0, 1));
    out.set('crt.by_hrd_won/n', directions.counts.subarray(by, by + 1));
    out.set('crt.direction_ratio', directions.counts.subarray(against, against + 1));
  };
};

export const mentions = (r: Relations) => {
  const [counted, value] = [numbers(r, 'mention', 'counted'), numbers(r, 'mention', 'value')];
  const [theirs, period] = [numbers(r, 'mention', 'its_counted'), shifted(r, 'mention', 'period')];
  const order = ordered(value);
  return (out: Into): void => {
    const cases = different(slots(r, 'mention', 'period'));
    for (let k = 0; k < order.length; k++) {
      const i = order[k]!;
      if (counted[i] === 1 && theirs[i] === 1) see(cases, period[i]!, value[i]!);
    }
    put(out, 'med.cases', cases);
  };
};

/** Hearings come case by case, as the rows of a card do. */
export const hearings = (r: Relations) => {
  const [counted, id] = [numbers(r, 'hearing', 'counted'), numbers(r, 'hearing', 'record_id')];
  const v = (name: string): Uint8Array => shifted(r, 'hearing', name);
  const [direction, period, observed] = [v('direction'), v('period'), v('observed')];
  const [against, yes] = [
    slot(r, 'hearing', 'direction', 'against_hrd'),
    slot(r, 'hearing', 'observed', 'yes'),
  ];
  const P = slots(r, 'hearing', 'period');
  return (out: Into): void => {
    const cases = different(P);
    const [all, watched] = [new Float64Array(P), new Float64Array(P)];
    for (let i = 0; i < counted.length; i++) {
      const p = period[i]!;
      if (counted[i] !== 1 || direction[i] !== against || p === 0) continue;
      see(cases, p, id[i]!);
      all[p]!++;
      if (observed[i] === yes) watched[p]!++;
    }
    put(out, 'crt.active', cases);
    out.set('crt.active/added', cases.counts.subarray(0, -1));
    out.set('crt.active/hearings', all);
    out.set('crt.active/observed', watched);
  };
};

/** The tables about one case: few rows found among all of four relations. */
export const courseOfCase = (r: Relations) => {
  const lanes = (of: string, by: string, more: (row: number) => boolean = () => true) => {
    const [counted, own] = [numbers(r, of, 'counted'), numbers(r, of, 'case_a')];
    const [lane, month, M] = [shifted(r, of, by), shifted(r, of, 'month'), slots(r, of, 'month')];
    return (): Float64Array => {
      const cells = new Float64Array(slots(r, of, by) * M);
      for (let i = 0; i < counted.length; i++)
        if (own[i] === 1 && counted[i] === 1 && more(i)) cells[lane[i]! * M + month[i]!]!++;
      return cells;
    };
  };
  const [theirs, outcome] = [numbers(r, 'writing', 'its_counted'), shifted(r, 'proceeding', 'outcome')];
  const pending = slot(r, 'proceeding', 'outcome', 'pending');
  const tables = {
    'case.a.event': lanes('violation', 'kind'),
    'case.a.materials': lanes('writing', 'genre', (row) => theirs[row] === 1),
    'case.a.hearings': lanes('hearing', 'stage'),
    'case.a.decisions': lanes('proceeding', 'outcome', (row) => outcome[row] !== pending),
  };
  return (out: Into): void => {
    for (const [id, count] of Object.entries(tables)) out.set(id, count());
  };
};
