/** A message catalogue as the build hands it over (web/vite.config.ts). */
declare module '*.yaml' {
  export const texts: readonly (readonly [string, string])[];
  /** Some of these texts wait for a native reviewer. */
  export const draft: boolean;
}
