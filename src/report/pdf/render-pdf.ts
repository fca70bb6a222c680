import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Messages } from '../../vocabulary/index.ts';
import type { ReportDocument } from '../document.ts';
import { printModel } from './print-model.ts';

const require = createRequire(import.meta.url);

/** The faces of the report, embedded in every PDF; all carry the Kazakh letters. */
const FACES = [
  'noto-serif/400Regular/NotoSerif_400Regular.ttf',
  'noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf',
  'noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf',
  'noto-serif/700Bold/NotoSerif_700Bold.ttf',
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf',
  'noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
];

const compilerWith = (files: ReadonlyMap<string, string>): NodeCompiler => {
  const fontBlobs = FACES.map((face) => readFileSync(require.resolve(`@expo-google-fonts/${face}`)));
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
  return compiler.pdf(result, { creationTimestamp: Math.floor(creationTime.getTime() / 1000) });
};
