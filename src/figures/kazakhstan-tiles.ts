/**
 * The first-level units of Kazakhstan as tiles, one plan a division (methodology 8.1): laid by hand so that neighbours
 * stay near and west, east, north and south hold. Blank places are where the map has none (the Caspian, Uzbekistan).
 */
const PLANS: readonly string[] = [
  // 16 units, before 2018-06-19
  `.          .          kostanay   north_kz   pavlodar
   west_kz    aktobe     akmola     astana     east_kz
   atyrau     .          kyzylorda  karaganda  almaty_region
   mangystau  .          turkistan  zhambyl    almaty`,
  // 17 units: Shymkent
  `.          .          kostanay   north_kz   pavlodar
   west_kz    aktobe     akmola     astana     east_kz
   atyrau     .          kyzylorda  karaganda  almaty_region
   mangystau  .          turkistan  zhambyl    almaty
   .          .          shymkent   .          .`,
  // 20 units, from 2022-06-08: Abai, Zhetysu, Ulytau
  `.          .          kostanay   north_kz   pavlodar   .
   west_kz    aktobe     akmola     astana     abai       east_kz
   atyrau     kyzylorda  ulytau     karaganda  zhetysu    .
   mangystau  .          turkistan  zhambyl    almaty_region  .
   .          .          shymkent   .          almaty     .`,
];

export interface Tile {
  readonly unit: string;
  readonly column: number;
  readonly row: number;
}
export interface TilePlan {
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly Tile[];
}

const read = (plan: string): TilePlan => {
  const rows = plan.split('\n').map((line) => line.trim().split(/\s+/));
  const tiles = rows.flatMap((line, row) =>
    line.flatMap((unit, column) => (unit === '.' ? [] : [{ unit, column, row }])),
  );
  return { columns: rows[0]?.length ?? 0, rows: rows.length, tiles };
};

const plans: readonly TilePlan[] = PLANS.map(read);

/** The plan with exactly these units; undefined when nobody has laid one. */
export const tilePlan = (units: readonly string[]): TilePlan | undefined => {
  const wanted = new Set(units);
  return plans.find(
    ({ tiles }) => tiles.length === wanted.size && tiles.every(({ unit }) => wanted.has(unit)),
  );
};
