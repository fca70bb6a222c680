export const CROSS_TAB = ['of', 'rows', 'within', 'columns', 'where', 'measure', 'kind', 'sort'] as const;

/** A cross-tab as its address says it: the same words as a table definition, and how it is shown. */
export type CrossTabSearch = { [P in (typeof CROSS_TAB)[number]]?: string };

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
