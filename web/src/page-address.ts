/** What an address need not say: a choice that was not made. */
export const withoutEmpty = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== '')) as T;
