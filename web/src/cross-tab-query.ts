import type { CrossTabSearch } from './router.tsx';

/** What the server is asked for a cross-tab: the address of the page without how it is shown. */
export const crossTabQuery = ({
  of = '',
  rows = '',
  within = '',
  columns = '',
  where,
  measure,
}: CrossTabSearch) => ({
  of,
  rows: [rows, within].filter((path) => path !== '').join(','),
  columns,
  ...(where === undefined || where === '' ? {} : { where }),
  ...(measure === undefined || measure === '' ? {} : { measure }),
});
