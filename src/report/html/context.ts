import type { MessageArguments, Messages } from '../../vocabulary/index.ts';
import type { ReportDocument } from '../document.ts';

/** What the page is told about where it will live. */
export interface HtmlOptions {
  /** The same report in other languages: language and address. */
  readonly siblings?: readonly { readonly language: 'kk' | 'ru' | 'en'; readonly href: string }[];
  /** Address of the records behind a cell; absent in a file that stands alone. */
  readonly cellHref?: (address: string) => string;
  /** The same report as files: label ("PDF") and address. */
  readonly downloads?: readonly { readonly label: string; readonly href: string }[];
}

export interface Page {
  readonly document: ReportDocument;
  readonly options: HtmlOptions;
  readonly say: (id: string, args?: MessageArguments) => string;
}

export const pageOf = (document: ReportDocument, messages: Messages, options: HtmlOptions): Page => ({
  document,
  options,
  say: (id, args) => messages(document.language, id, args),
});
