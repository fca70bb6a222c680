/**
 * The same tables as SQL written by hand over small integers, one statement for each grouping: everything that is asked of a
 * grouping is asked at once, which is kinder to the database than one statement a table. NULL is a gap.
 */
const SANCTIONED = (codes: readonly number[]): string => `authorisation IN (${codes.join(', ')})`;

export interface SqlCodes {
  readonly sanctioned: readonly number[];
  readonly unsanctioned: readonly number[];
  readonly without: readonly number[];
  readonly yes: number;
  readonly no: number;
  readonly ngo: number;
  readonly singlePicket: number;
  readonly prevented: number;
  readonly verified: number;
  readonly noCampaign: number;
  /** Places from this code on are whole units, not settlements. */
  readonly firstUnitPlace: number;
}

const amounts = (s: string, u: string): string => `count(*), count(*) FILTER (${s}), count(*) FILTER (${u}),
  count(authorisation), count(*) FILTER (detained > 0), count(detained), sum(detained),
  sum(police) FILTER (participants IS NOT NULL), sum(participants) FILTER (police IS NOT NULL), count(police + participants),
  count(*) FILTER (court > 0 AND ${u}), avg(participants), count(participants), avg(duration), count(duration)`;

export const statements = (c: SqlCodes): readonly string[] => {
  const [s, u] = [SANCTIONED(c.sanctioned), SANCTIONED(c.unsanctioned)];
  const obstructed = '(detained > 0 OR authority = 1)';
  const counted = 'FROM cards WHERE counted = 1';
  return [
    `SELECT city, period, ${amounts(s, u)},
      sum(participants), sum(participants_low), sum(participants_high), median(participants),
      count(participants_low), count(participants_high),
      sum(police), sum(police_low), sum(police_high), count(police), count(police_low), count(police_high), avg(police), median(police),
      sum(police_low) FILTER (participants_high IS NOT NULL), sum(participants_high) FILTER (police_low IS NOT NULL),
      sum(police_high) FILTER (participants_low IS NOT NULL), sum(participants_low) FILTER (police_high IS NOT NULL),
      median(per_participant), sum(detained) FILTER (participants IS NOT NULL), sum(participants) FILTER (detained IS NOT NULL),
      sum(court), count(court), sum(court) FILTER (detained IS NOT NULL), sum(detained) FILTER (court IS NOT NULL), median(duration)
      ${counted} GROUP BY GROUPING SETS ((city, period), (period))`,
    `SELECT period, count(*) FILTER (prosecutor = ${c.yes}), count(*) FILTER (prosecutor = ${c.yes} AND prosecutor_warned = ${c.yes}),
      count(*) FILTER (akimat = ${c.yes}), count(*) FILTER (akimat = ${c.yes} AND akimat_warned = ${c.yes}),
      count(*) FILTER (police_present = ${c.yes}), count(*) FILTER (police_warned = ${c.yes}),
      count(*) FILTER (${obstructed} AND ${u}), count(*) FILTER (NOT ${obstructed} AND ${u}), count(*) FILTER (NOT ${obstructed}),
      count(*) FILTER (court > 0 AND detained = 0 AND NOT ${obstructed}), count(*) FILTER (NOT ${obstructed} AND court = 0),
      sum(bystanders), count(bystanders), count(*) FILTER (organiser = ${c.ngo}), count(organiser),
      count(*) FILTER (participants = 1 OR form = ${c.singlePicket}), count(DISTINCT place) FILTER (place < ${c.firstUnitPlace}),
      count(*) FILTER (detained > 0 AND uttered = ${c.yes}), count(*) FILTER (detained > 0 AND uttered = ${c.no})
      ${counted} GROUP BY period`,
    `SELECT month, count(*), sum(participants), count(participants) ${counted} GROUP BY ROLLUP (month)`,
    `SELECT unit, period, count(*), sum(participants), count(participants), count(*) FILTER (detained > 0), sum(detained), count(detained)
      ${counted} GROUP BY GROUPING SETS ((unit, period), (period))`,
    `SELECT theme, topic, period, count(*), count(*) FILTER (detained > 0), count(detained), sum(detained)
      ${counted} GROUP BY GROUPING SETS ((theme, period), (topic, period), (theme, topic, period), (theme, period), (period))`,
    ...['organiser', 'form', 'mode'].map(
      (by) => `SELECT ${by}, period, count(*) ${counted} GROUP BY GROUPING SETS ((${by}, period), (period))`,
    ),
    `SELECT organisation, period, count(*) ${counted} AND organisation IS NOT NULL GROUP BY organisation, period`,
    `SELECT place_type, period, count(*) ${counted} AND place_type IS NOT NULL GROUP BY GROUPING SETS ((place_type, period), (period))`,
    `SELECT reason, period, count(*) ${counted} AND ${SANCTIONED(c.without)} GROUP BY GROUPING SETS ((reason, period), (period))`,
    `SELECT issue, period, count(*) ${counted} AND detained > 0 GROUP BY GROUPING SETS ((issue, period), (period))`,
    `SELECT campaign, month, period, count(*), sum(participants), count(participants), count(*) FILTER (detained > 0)
      ${counted} AND campaign IS NOT NULL AND campaign <> ${c.noCampaign}
      GROUP BY GROUPING SETS ((campaign, month, period), (campaign, period))`,
    `SELECT city, period, ${amounts(s, u)}
      ${counted} AND NOT (participants = 1 OR form = ${c.singlePicket}) GROUP BY GROUPING SETS ((city, period), (period))`,
    `SELECT period, count(*), sum(preventive), count(preventive) FROM cards
      WHERE review = ${c.verified} AND realisation = ${c.prevented} GROUP BY period`,
  ];
};
