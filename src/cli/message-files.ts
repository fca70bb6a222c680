import { readFileSync } from 'node:fs';
import { createMessages, LANGUAGES, type Language, type Messages } from '../vocabulary/index.ts';

const folder = new URL('../vocabulary/messages/', import.meta.url);

/** The message catalogues of this installation. */
export const readMessages = (): Messages =>
  createMessages(
    Object.fromEntries(
      LANGUAGES.map((l) => [l, readFileSync(new URL(`${l}.yaml`, folder), 'utf8')]),
    ) as Record<Language, string>,
  );
