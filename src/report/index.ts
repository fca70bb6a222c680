export type { ReportInput } from './bind/binding.ts';
export { cutTable, timeDimension } from './bind/cut-table.ts';
export { type DeclaredFigure, declaredFigures } from './bind/declared-figure.ts';
export { plainText } from './bind/inlines.ts';
export { measureHeading, printedFraction, printedInterval } from './bind/printed.ts';
export { breakNotes, countedOnceNotes, flagMarks, GAP_MARK, intervalNotes } from './bind/table-notes.ts';
export { type BuiltReport, buildReport } from './build-report.ts';
export { checkReport, type ReportFile } from './check-report.ts';
export * from './document.ts';
export { measureText, withFace } from './figure-face.ts';
export type * from './figure-source.ts';
export type { HtmlOptions } from './html/context.ts';
export { renderHtml } from './html/render-html.ts';
export { bareNumbers } from './lint/bare-numbers.ts';
export { languagesDiffer } from './lint/languages-differ.ts';
export {
  REPORT_FORMATS,
  type RenderRequest,
  type ReportFormat,
  renderReport,
  reportFileName,
} from './render-report.ts';
export { type ReportSource, readSource } from './source/read-source.ts';
