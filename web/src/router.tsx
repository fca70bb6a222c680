import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { CROSS_TAB, type CrossTabSearch } from './cross-tab-query.ts';
import { HomePage } from './pages/home.tsx';
import { NotFound, Shell } from './shell.tsx';
import { isLanguage, loadCatalogue, preferredLanguage } from './words.tsx';

/** A text of an address; an empty one is left out of it. */
const text = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;

const texts = <const K extends string>(
  search: Readonly<Record<string, unknown>>,
  ...keys: readonly K[]
): { [P in K]?: string } =>
  Object.fromEntries(
    keys.flatMap((key) => (text(search[key]) === undefined ? [] : [[key, text(search[key])]])),
  ) as { [P in K]?: string };

const root = createRootRoute();

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$lang', params: { lang: preferredLanguage() }, replace: true });
  },
});

const inLanguage = createRoute({
  getParentRoute: () => root,
  path: '/$lang',
  beforeLoad: async ({ params }) => {
    if (!isLanguage(params.lang))
      throw redirect({ to: '/$lang', params: { lang: preferredLanguage() }, replace: true });
    return { catalogue: await loadCatalogue(params.lang) };
  },
  component: Shell,
  notFoundComponent: NotFound,
});

const home = createRoute({ getParentRoute: () => inLanguage, path: '/', component: HomePage });
const tables = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/tables',
  validateSearch: (search) => texts(search, 'q'),
  component: lazyRouteComponent(() => import('./pages/tables.tsx'), 'TablesPage'),
});
const table = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/table',
  validateSearch: (search) => ({
    id: text(search['id']) ?? '',
    ...texts(search, 'measure', 'period', 'sort', 'kind'),
  }),
  component: lazyRouteComponent(() => import('./pages/table.tsx'), 'TablePage'),
});
const cell = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/cell',
  validateSearch: (search) => ({ address: text(search['address']) ?? '', ...texts(search, 'from') }),
  component: lazyRouteComponent(() => import('./pages/cell.tsx'), 'CellPage'),
});
const crossTab = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/crosstab',
  validateSearch: (search): CrossTabSearch => texts(search, ...CROSS_TAB),
  component: lazyRouteComponent(() => import('./pages/cross-tab.tsx'), 'CrossTabPage'),
});
const crossTabCell = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/crosstab/cell',
  validateSearch: (search): CrossTabSearch & { readonly address: string; from?: string } => ({
    address: text(search['address']) ?? '',
    ...texts(search, 'from', ...CROSS_TAB),
  }),
  component: lazyRouteComponent(() => import('./pages/cell.tsx'), 'CrossTabCellPage'),
});
const codebook = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/codebook',
  validateSearch: (search) => texts(search, 'q'),
  component: lazyRouteComponent(() => import('./pages/codebook.tsx'), 'CodebookPage'),
});
const published = createRoute({
  getParentRoute: () => inLanguage,
  path: '/$study/published',
  validateSearch: (search) => texts(search, 'verdict', 'q'),
  component: lazyRouteComponent(() => import('./pages/published.tsx'), 'PublishedPage'),
});

/** The pages of the site; the address says everything a page shows. */
export const router = createRouter({
  routeTree: root.addChildren([
    start,
    inLanguage.addChildren([home, tables, table, cell, crossTab, crossTabCell, codebook, published]),
  ]),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
