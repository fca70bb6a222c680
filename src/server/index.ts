export { buildApp } from './build-app.ts';
export { isLoopbackHost } from './guard.ts';
export type { ServedStudy } from './served-study.ts';
export { createSite } from './site.ts';
export type { SiteOptions } from './site-options.ts';
