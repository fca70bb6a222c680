import { type Language, type Problem, ProblemError } from '../vocabulary/index.ts';
import type { ReportInput } from './bind/binding.ts';
import { buildReport } from './build-report.ts';
import type { ReportFile } from './check-report.ts';
import type { ReportDocument } from './document.ts';
import { renderDocx } from './docx/render-docx.ts';
import { renderHtml } from './html/render-html.ts';
import { languagesDiffer } from './lint/languages-differ.ts';
import { renderPdf } from './pdf/render-pdf.ts';
import { readSource } from './source/read-source.ts';
import { renderXlsx } from './xlsx/render-xlsx.ts';

export const REPORT_FORMATS = ['html', 'pdf', 'docx', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface RenderRequest extends Omit<ReportInput, 'source' | 'language'> {
  /** The texts of all languages: they are compared even when one is rendered. */
  readonly files: readonly ReportFile[];
  readonly languages: readonly Language[];
  readonly formats: readonly ReportFormat[];
  /** The only time in the files. */
  readonly creationTime: Date;
  /** Languages that lie beside the file, for the page's language switch; default: those rendered. */
  readonly siblings?: readonly Language[];
  /** Formats that lie beside the page, for its links. */
  readonly downloads?: readonly ReportFormat[];
  /** Link from a number to the rows behind it, where a site serves them. */
  readonly cellHref?: (address: string) => string;
}

/** File name of a report: the language switch of the HTML page relies on it. */
export const reportFileName = (language: Language, format: ReportFormat): string =>
  `report.${language}.${format}`;

const render = async (
  document: ReportDocument,
  format: ReportFormat,
  request: RenderRequest,
): Promise<Uint8Array> => {
  const { messages, creationTime, cellHref } = request;
  switch (format) {
    case 'html': {
      const siblings = (request.siblings ?? request.languages).map((language) => ({
        language,
        href: reportFileName(language, 'html'),
      }));
      const downloads = (request.downloads ?? []).map((f) => ({
        label: f.toUpperCase(),
        href: reportFileName(document.language, f),
      }));
      const options = { siblings, downloads, ...(cellHref === undefined ? {} : { cellHref }) };
      return new TextEncoder().encode(renderHtml(document, messages, options));
    }
    case 'pdf':
      return renderPdf(document, { messages, creationTime });
    case 'docx':
      return renderDocx(document, { messages, creationTime });
    case 'xlsx':
      return renderXlsx(document, { messages, creationTime });
  }
};

/**
 * The report in the languages and formats asked for, file by file as each is ready. Throws ProblemError with everything
 * that is wrong in any language before the first file is made: a report is published whole or not at all.
 */
export async function* renderReport(
  request: RenderRequest,
): AsyncGenerator<{ readonly name: string; readonly bytes: Uint8Array }> {
  const sources = request.files.map((f) => readSource(f.text, f.file, f.language));
  const problems: Problem[] = [...languagesDiffer(sources)];
  const documents: ReportDocument[] = [];
  for (const source of sources) {
    const built = buildReport({ ...request, source, language: source.language });
    problems.push(...built.problems);
    if (built.document !== undefined && request.languages.includes(source.language))
      documents.push(built.document);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  for (const document of documents)
    for (const format of request.formats)
      yield {
        name: reportFileName(document.language, format),
        bytes: await render(document, format, request),
      };
}
