import { reviewed } from './assembly-rows.ts';
import type { Column, Row } from './columns.ts';
import { addDays } from './days.ts';
import type { Random } from './random.ts';

export const NIL_COLUMNS: readonly Column[] = [
  { heading: 'Неделя (понедельник)', to: 'week', date: true },
  { heading: 'Регион', to: 'region', list: 'region' },
  { heading: 'Что видели', to: 'statement', list: 'nil' },
  { heading: 'Кто заполнил', to: 'monitor' },
];

/** Two regions without any assembly: one watched every week of the year, one with gaps when nobody could watch. */
export const nilRows = (random: Random): readonly Row[] =>
  ['unit:mangystau', 'unit:north_kz'].flatMap((region, r) =>
    Array.from({ length: 52 }, (_, week): Row => {
      const monday = new Date(Date.UTC(2018, 0, 1 + 7 * week)).toISOString().slice(0, 10);
      const blind = r === 1 && random.chance(0.15);
      return {
        week: monday,
        region,
        statement: blind ? 'could_not_observe' : 'nothing_observed',
        ...reviewed(r, addDays(monday, 6)),
      };
    }),
  );
