import type { Language, Messages } from '../vocabulary/index.ts';

/** The catalogue and the language of one answer. */
export interface Words {
  readonly messages: Messages;
  readonly language: Language;
}

/** A unit of measure in words. */
export const unitText = ({ messages, language }: Words, unit: string): string =>
  messages.has(`unit.${unit}`) ? messages(language, `unit.${unit}`) : unit;
