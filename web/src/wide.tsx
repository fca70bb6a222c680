import type { ReactNode } from 'react';

/** A frame in which a wide table scrolls by itself; the page does not. */
export const Wide = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // What scrolls must be reached by the keyboard (WCAG 2.1.1; axe: scrollable-region-focusable).
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <section className="wide" aria-label={label} tabIndex={0}>
    {children}
  </section>
);
