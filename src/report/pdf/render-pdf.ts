import { readFileSync } from 'node:fs';
import { NodeCompiler, type PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { Messages } from '../../vocabulary/index.ts';
import type { ReportDocument } from '../document.ts';
import { fontFiles } from '../fonts.ts';
import { printModel } from './print-model.ts';

const compilerWith = (files: ReadonlyMap<string, string>): NodeCompiler => {
  const fontBlobs = fontFiles.map((file) => readFileSync(file));
  const compiler = NodeCompiler.create({ workspace: '/', fontArgs: [{ fontBlobs }] });
  for (const [path, text] of files) compiler.mapShadow(`/${path}`, Buffer.from(text, 'utf8'));
  return compiler;
};

/**
 * The report as a tagged A4 PDF with embedded fonts, contents, running heads and footnotes (Typst).
 * `creationTime` is the only time in the file: the same document and time give the same bytes.
 */
export const renderPdf = (
  document: ReportDocument,
  { messages, creationTime }: { readonly messages: Messages; readonly creationTime: Date },
): Uint8Array => {
  const model = printModel(document, messages);
  const compiler = compilerWith(
    new Map([
      ...model.files,
      ['document.json', JSON.stringify(model.document)],
      ['words.json', JSON.stringify(model.words)],
    ]),
  );
  const mainFileContent = readFileSync(new URL('template.typ', import.meta.url), 'utf8');
  const compiled = compiler.compile({ mainFileContent });
  const result = compiled.result;
  if (result === null) {
    const error = compiled.takeDiagnostics();
    throw new Error(`typst: ${JSON.stringify(error?.shortDiagnostics ?? [])}`);
  }
  try {
    return compiler.pdf(result, {
      creationTimestamp: Math.floor(creationTime.getTime() / 1000),
      // Accessible to screen readers: ISO 14289-1. The compiler refuses a document that breaks its checkable rules.
      pdfStandard: 'ua-1' as PdfStandard,
    });
  } finally {
    // The compiler keeps what it laid out for the whole process: hundreds of megabytes that the next report does not use.
    compiler.evictCache(0);
  }
};
