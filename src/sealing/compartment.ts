/** The region of a compartment that stands for all regions of its study that have no team of their own. */
export const ALL_REGIONS = '_all';

/** `study/region`: who may open what is sealed goes by study and first-level region; without a region, `study/_all`. */
export const compartmentOf = (study: string, region: string = ALL_REGIONS): string => `${study}/${region}`;

/** The compartment whose team stands in where this one has none. */
export const fallbackOf = (compartment: string): string =>
  compartmentOf(compartment.slice(0, Math.max(0, compartment.indexOf('/'))));
