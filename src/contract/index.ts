export { openApi } from './open-api.ts';
export { PATHS, type RouteName } from './paths.ts';
export * from './routes.ts';
export type * from './wire.ts';
