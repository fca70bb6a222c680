import type { Comparison } from '../checker/index.ts';
import type { DeclaredFigure, FigureRequest, RenderedFigure, ReportFormat } from '../report/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import type { Table } from '../tables/index.ts';
import type { Language, Problem } from '../vocabulary/index.ts';

/** A study as the site shows it: frozen at the start of the server, counted once, never recounted another way. */
export interface ServedStudy {
  readonly study: Study;
  readonly snapshot: Snapshot;
  readonly tables: readonly Table[];
  readonly comparisons: readonly Comparison[];
  /** Periods that have a report. */
  readonly reportPeriods: readonly string[];
  /** Figures that the report's text asks for. */
  readonly figures: (language: Language) => readonly DeclaredFigure[];
  /** Draws as the report does; a map of the division and names of a day (ISO), without one of those of the report. */
  readonly draw: (request: FigureRequest, day?: string) => RenderedFigure | Problem;
  /** The report's file, made when it is first asked for and kept by snapshot. */
  readonly report: (period: string, language: Language, format: ReportFormat) => Promise<Uint8Array>;
}
