import { isMissing } from '../vocabulary/index.ts';
import type { Attachment, EntryBody, EntryValue } from './entry.ts';
import { isRows } from './leaf.ts';
import type { NamedSealed } from './present-names.ts';
import type { SealedStatement } from './record-state.ts';
import { addBeside, emptyRegisters, overwrite, type Registers } from './register.ts';

/** What an entry could see of sealed fields, by place (field and row), and of attachments, by id. */
export interface SealedHistory {
  readonly sealed: Registers<NamedSealed>;
  readonly attachments: Registers<Attachment>;
}

export const emptySealedHistory = (): SealedHistory => ({
  sealed: emptyRegisters(),
  attachments: emptyRegisters(),
});

const placeOf = (field: string, rowId = ''): string => `${field}\0${rowId}`;

/**
 * Sealed fields by the rules of plain ones: a later entry replaces what it saw, entries that did not see each other leave
 * both, and only `resolve` decides between them. Two ciphertexts never show whether they say the same.
 */
export const stateSealed = (
  { sealed: registers, values }: SealedHistory & { readonly values: Registers<EntryValue> },
  body: EntryBody,
  named: readonly NamedSealed[],
  place: number,
): void => {
  if (registers.statements.size > 0)
    for (const [path, value] of Object.entries(body.values))
      for (const gap of gapsIn(path, value)) registers.statements.delete(gap);
  for (const one of named) {
    const { field, sealed } = one;
    const name = placeOf(field, sealed.row_id);
    const open = registers.statements.get(name) ?? [];
    if (open.length > 1 && body.kind !== 'resolve') addBeside(registers, name, { entry: place, value: one });
    else overwrite(registers, name, { entry: place, value: one });
    // A gap that was stated in plain before is filled now.
    if (sealed.row_id === undefined && !(field in body.values)) values.statements.delete(field);
  }
};

/** Places that an entry states to be gaps, in rows too; `sealed` says that the value is beside, not that there is none. */
const gapsIn = (path: string, value: EntryValue): readonly string[] => {
  if (isMissing(value)) return value.missing === 'sealed' ? [] : [placeOf(path)];
  if (!isRows(value)) return [];
  return value.flatMap((row) =>
    Object.entries(row.values).flatMap(([name, of]) =>
      isMissing(of) && of.missing !== 'sealed' ? [placeOf(`${path}.${name}`, row.row_id)] : [],
    ),
  );
};

export const stateAttachments = (
  { attachments }: SealedHistory,
  { attachments: stated }: EntryBody,
  place: number,
): void => {
  for (const attachment of stated) overwrite(attachments, attachment.id, { entry: place, value: attachment });
};

/** `erase`: nothing that was sealed until then can be opened again. */
export const forgetSealed = ({ sealed, attachments }: SealedHistory): void => {
  sealed.statements.clear();
  attachments.statements.clear();
};

/** What stands, ordered by place. A value whose row is gone from its repeat went with it. */
export const readSealed = (
  { sealed, attachments }: SealedHistory,
  rows: ReadonlySet<string>,
  idOf: (place: number) => string,
): { readonly sealed: readonly SealedStatement[]; readonly attachments: readonly Attachment[] } => ({
  sealed: [...sealed.statements.keys()].sort().flatMap((name) =>
    (sealed.statements.get(name) ?? []).flatMap(({ entry, value }) => {
      const { row_id: rowId } = value.sealed;
      return rowId === undefined || rows.has(rowId) ? [{ ...value, entryId: idOf(entry) }] : [];
    }),
  ),
  attachments: [...attachments.statements.keys()]
    .sort()
    .flatMap((id) => (attachments.statements.get(id) ?? []).map((s) => s.value)),
});

/** Ids of all rows that any standing statement has. */
export const rowIds = ({ statements }: Registers<EntryValue>): ReadonlySet<string> => {
  const found = new Set<string>();
  const look = (value: EntryValue): void => {
    if (!isRows(value)) return;
    for (const row of value) {
      found.add(row.row_id);
      for (const inner of Object.values(row.values)) look(inner);
    }
  };
  for (const stated of statements.values()) for (const { value } of stated) look(value);
  return found;
};
