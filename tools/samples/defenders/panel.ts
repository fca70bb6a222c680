import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const WAVES = ['q1', 'q2', 'q3'] as const;
export type Wave = (typeof WAVES)[number];
export type RespondentType = 'individual' | 'organisation';

/** Threats, vulnerability, resources, safety, from 1 to 7. */
export type Scores = readonly [number, number, number, number];

/** One person of the panel and what they answered in each quarter; absent where they were not interviewed. */
export interface Panellist {
  readonly place: string;
  readonly type: RespondentType;
  readonly answers: ReadonlyMap<Wave, Scores>;
}

/**
 * The fixed quantities behind the published indicators: whole scores whose means and sample spreads print as published in
 * every region, quarter and category, with the published modes. They were found by an exact search of the scores of each
 * region and an annealing that hands them to persons and quarters (design 8, section 4). Two published numbers have no
 * solution: the spread of risk in Karaganda and the mean of risk in Astana.
 */
export const panel = (): readonly Panellist[] =>
  readFileSync(join(import.meta.dirname, 'panel.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [place = '', , type, ...cells] = line.split(',');
      const answers = cells.flatMap((cell, wave) =>
        cell === '' ? [] : [[WAVES[wave] as Wave, cell.split(' ').map(Number) as unknown as Scores] as const],
      );
      return { place, type: type as RespondentType, answers: new Map(answers) };
    });
