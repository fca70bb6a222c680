import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { CellPage } from './pages/cell.tsx';
import { CodebookPage } from './pages/codebook.tsx';
import { CrossTabPage, type CrossTabSearch } from './pages/cross-tab.tsx';
import { HomePage } from './pages/home.tsx';
import { PublishedPage } from './pages/published.tsx';
import { TablePage } from './pages/table.tsx';
import { TablesPage } from './pages/tables.tsx';
import { Shell } from './shell.tsx';
import { isLanguage, preferredLanguage } from './words.tsx';

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const root = createRootRoute({ component: Shell });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$lang', params: { lang: preferredLanguage() } });
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/$lang',
  beforeLoad: ({ params }) => {
    if (!isLanguage(params.lang)) throw redirect({ to: '/$lang', params: { lang: preferredLanguage() } });
  },
  component: HomePage,
});
const tables = createRoute({ getParentRoute: () => root, path: '/$lang/$study/tables', component: TablesPage });
const table = createRoute({
  getParentRoute: () => root,
  path: '/$lang/$study/table',
  validateSearch: (search) => ({ id: text(search['id']), sort: text(search['sort']), kind: text(search['kind']) }),
  component: TablePage,
});
const cell = createRoute({
  getParentRoute: () => root,
  path: '/$lang/$study/cell',
  validateSearch: (search) => ({ address: text(search['address']), from: Number(search['from'] ?? 0) || 0 }),
  component: CellPage,
});
const crossTab = createRoute({
  getParentRoute: () => root,
  path: '/$lang/$study/crosstab',
  validateSearch: (search): CrossTabSearch => ({
    of: text(search['of']),
    rows: text(search['rows']),
    columns: text(search['columns']),
    where: text(search['where']),
    measure: text(search['measure']),
    address: text(search['address']),
  }),
  component: CrossTabPage,
});
const codebook = createRoute({ getParentRoute: () => root, path: '/$lang/$study/codebook', component: CodebookPage });
const published = createRoute({ getParentRoute: () => root, path: '/$lang/$study/published', component: PublishedPage });

/** The pages of the site; the address says everything a page shows. */
export const router = createRouter({
  routeTree: root.addChildren([start, home, tables, table, cell, crossTab, codebook, published]),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
