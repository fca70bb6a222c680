/** Where everything is. Apart from the schemas, so that a page which asks needs no more than this. */
export const PATHS = {
  studies: '/api/studies',
  overview: '/api/studies/:study',
  table: '/api/studies/:study/tables/:table',
  tableFile: '/api/studies/:study/tables/:table/file.:format',
  tableFigure: '/api/studies/:study/tables/:table/figure',
  tableDrawing: '/api/studies/:study/tables/:table/figure.svg',
  cell: '/api/studies/:study/cell',
  crossTab: '/api/studies/:study/crosstab',
  crossTabFile: '/api/studies/:study/crosstab/file.:format',
  crossTabFigure: '/api/studies/:study/crosstab/figure',
  crossTabDrawing: '/api/studies/:study/crosstab/figure.svg',
  crossTabCell: '/api/studies/:study/crosstab/cell',
  codebook: '/api/studies/:study/codebook',
  published: '/api/studies/:study/published',
  openApi: '/api/openapi.json',
  report: '/reports/:study/:period/:file',
  source: '/source',
} as const;

export type RouteName = keyof typeof PATHS;
