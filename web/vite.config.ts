import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { parse } from 'yaml';
import { readCatalogue } from '../src/vocabulary/index.ts';

/** What of the one catalogue is said in the browser; the rest is said by the server. */
const SAID_HERE =
  /^(web\.|report\.(how|mark)\.|report\.(definition|translation)$|published\.note$|cli\.published_compare\.column\.|problem\.not_found\.)/;

const MESSAGES = join(import.meta.dirname, '..', 'src', 'vocabulary', 'messages');

/** Reads a catalogue while building: a page loads the texts of its language and no YAML parser. */
const catalogue = (): Plugin => ({
  name: 'catalogue',
  load(id) {
    const language = /messages\/(kk|ru|en)\.yaml$/.exec(id)?.[1];
    if (language === undefined) return undefined;
    const texts = [...readCatalogue(readFileSync(id, 'utf8'))].filter(([key]) => SAID_HERE.test(key));
    const { review } = parse(readFileSync(join(MESSAGES, 'review.yaml'), 'utf8')) as {
      readonly review: readonly string[];
    };
    const draft = language === 'kk' && texts.some(([key]) => review.includes(key));
    return `export const texts = ${JSON.stringify(texts)};\nexport const draft = ${draft};`;
  },
});

/** The browser app of the local site. Everything it needs is bundled: no request leaves this machine. */
export default defineConfig({
  plugins: [catalogue(), react()],
  base: '/',
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Our pure layers do nothing when they are loaded: what a page does not use of them is left out.
      treeshake: { moduleSideEffects: (id) => !/\/src\/(vocabulary|contract)\//.test(id) },
    },
  },
});
