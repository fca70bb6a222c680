import { readFileSync } from 'node:fs';

/** The calls of `baqylau` on a how-to page, in its order, each as words. */
export const callsOf = (page: string): readonly (readonly string[])[] =>
  [
    ...readFileSync(new URL(`../../docs/how-to/${page}`, import.meta.url), 'utf8').matchAll(
      /```sh\n([\s\S]*?)```/g,
    ),
  ]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line) => line.split(' ').slice(1));
