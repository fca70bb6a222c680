import { readFileSync } from 'node:fs';

const readPage = (page: string): string =>
  readFileSync(new URL(`../../docs/how-to/${page}`, import.meta.url), 'utf8');

/** The calls of `baqylau` on a how-to page, in its order, each as words; what stands in quotes is one word. */
export const callsOf = (page: string): readonly (readonly string[])[] =>
  [...readPage(page).matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line) =>
      [...line.matchAll(/"([^"]*)"|(\S+)/g)].slice(1).map(([, said, word]) => said ?? word ?? ''),
    );
