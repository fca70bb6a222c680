import type { ImportProgress } from '../exchange/index.ts';
import type { Effects } from './command.ts';

/** Prints how far an import is, at most twice a second, on one line. */
export const importProgress = ({ messages, language, note, now }: Effects) => {
  let last = 0;
  return ({ pass, rows, share, remainingMs }: ImportProgress): void => {
    const at = now().getTime();
    if (at - last < 500) return;
    last = at;
    const percent = share === undefined ? '' : ` ${Math.floor(share * 100)} %`;
    const seconds = Math.ceil((remainingMs ?? 0) / 1000);
    note(`${messages(language, 'cli.import.progress', { phase: pass, rows, seconds })}${percent}\n`);
  };
};
