import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type MeasureText, textMetrics } from '../figures/index.ts';

const require = createRequire(import.meta.url);

const font = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${path}`)));

let metrics: MeasureText | undefined;

/** Text widths of the report's own typeface, read once. */
export const measureText = (): MeasureText =>
  (metrics ??= textMetrics({
    regular: font('400Regular/NotoSans_400Regular.ttf'),
    bold: font('700Bold/NotoSans_700Bold.ttf'),
  }));
