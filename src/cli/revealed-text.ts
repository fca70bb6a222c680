import type { EntryValue } from '../records/index.ts';
import type { Field, Instrument } from '../study/index.ts';
import { isMissing, type Language, labelText, type Messages } from '../vocabulary/index.ts';

/** What a card calls a path: its field's label with the part of a compound one; in a repeat both labels. */
export const pathLabel = (instrument: Instrument | undefined, path: string, language: Language): string =>
  labels(instrument?.fields ?? [], path, language) ?? path;

const labels = (fields: readonly Field[], path: string, language: Language): string | undefined => {
  const field = fields.find((f) => path === f.path || path.startsWith(`${f.path}.`));
  if (field === undefined) return undefined;
  const rest = path.slice(field.path.length + 1);
  const own = labelText(field.label, language);
  if (rest === '') return own;
  return `${own} › ${labels(field.fields ?? [], rest, language) ?? rest}`;
};

/** A value as a person reads it; rows of a sealed repeat one after another. */
export const valueText = (value: EntryValue, messages: Messages, language: Language): string => {
  if (isMissing(value)) return messages(language, `missing.${value.missing}`);
  if (!Array.isArray(value)) return String(value);
  return (value as readonly (string | { readonly values: Readonly<Record<string, EntryValue>> })[])
    .map((one) =>
      typeof one === 'string'
        ? one
        : Object.entries(one.values)
            .map(([name, of]) => `${name}: ${valueText(of, messages, language)}`)
            .join(', '),
    )
    .join('; ');
};
