import { type Instrument, upgradeValues } from '../study/index.ts';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import { causalOrder, type Ordered } from './causal-order.ts';
import type { EntryBody, EntryValue, Leaf } from './entry.ts';
import { presentNames } from './present-names.ts';
import type { Conflict, Erasure, RecordState } from './record-state.ts';
import {
  addBeside,
  copyRegisters,
  disagree,
  emptyRegisters,
  joinInto,
  overwrite,
  type Registers,
} from './register.ts';
import {
  type Act,
  AXES,
  type Axis,
  actOf,
  evidenceOf,
  isWithdrawn,
  refusedVerification,
  reviewOf,
  STATING,
  writesRecord,
} from './review.ts';
import {
  emptySealedHistory,
  forgetSealed,
  readSealed,
  rowIds,
  type SealedHistory,
  stateAttachments,
  stateSealed,
} from './sealed-history.ts';

/** All that one entry could see: its own history, folded. */
interface History extends SealedHistory {
  readonly values: Registers<EntryValue>;
  /** `path` + NUL + id of a linked record -> whether it is linked. */
  readonly links: Registers<boolean>;
  readonly acts: Registers<Act>;
  readonly writers: Set<string>;
}

/**
 * What a record's entries fold to: pure, and the same for any order and repetition of the same entries. Concurrent entries
 * that change different fields merge; the same field with different values stays a conflict until a `resolve` that saw it.
 * With its instrument, answers given on earlier versions are read under the names and codes of the present one.
 * Throws ProblemError `entry_shape` for an empty list or entries of more than one record.
 */
export const foldRecord = (leaves: Iterable<Leaf>, instrument?: Instrument): RecordState => {
  const ordered = causalOrder(leaves);
  const first = ordered.find((o) => o.entry.body.kind === 'submit') ?? ordered[0];
  if (first === undefined || ordered.some((o) => o.entry.body.record_id !== first.entry.body.record_id))
    throw new ProblemError(
      problem('entry_shape', { member: 'record_id', expected: 'entries of one record' }),
    );
  const problems: Problem[] = [];
  const { history, heads } = foldHistories(ordered, problems, instrument);
  const bodyAt = (place: number): EntryBody => (ordered[place] as Ordered<Leaf>).entry.body;
  const { values, conflicts } = readValues(history, (place) => bodyAt(place).entry_id);
  const { review, verified, ...because } = reviewOf((axis) => history.acts.statements.get(axis) ?? []);
  const { body } = first.entry;
  return {
    recordId: body.record_id,
    study: body.study,
    instrument: body.instrument,
    instrumentVersion: Math.max(
      instrument?.version ?? 0,
      ...ordered.map((o) => o.entry.body.instrument_version),
    ),
    values,
    review,
    evidence: evidenceOf((axis) => history.acts.statements.get(axis) ?? []),
    conflicts: [...conflicts, ...actConflicts(history, (place) => bodyAt(place).entry_id)],
    ...readSealed(history, rowIds(history.values), (place) => bodyAt(place).entry_id),
    ...erasureOf(history),
    author: body.author,
    ...(verified === undefined ? {} : { verifiedBy: verified.author, verifiedAt: verified.at }),
    ...because,
    ...(isWithdrawn((axis) => history.acts.statements.get(axis) ?? []) ? { consentWithdrawn: true } : {}),
    problems,
    heads: heads.map((place) => bodyAt(place).entry_id).sort(),
    entries: ordered.map((o) => o.entry.body.entry_id),
    receivedAt: ordered.map((o) => o.entry.received_at).reduce((a, b) => (a < b ? a : b)),
  };
};

const emptyHistory = (): History => ({
  ...emptySealedHistory(),
  values: emptyRegisters(),
  links: emptyRegisters(),
  acts: emptyRegisters(),
  writers: new Set(),
});
const copyHistory = (from: History): History => ({
  sealed: copyRegisters(from.sealed),
  attachments: copyRegisters(from.attachments),
  values: copyRegisters(from.values),
  links: copyRegisters(from.links),
  acts: copyRegisters(from.acts),
  writers: new Set(from.writers),
});
const joinHistory = (into: History, other: History): void => {
  joinInto(into.sealed, other.sealed);
  joinInto(into.attachments, other.attachments);
  joinInto(into.values, other.values);
  joinInto(into.links, other.links);
  joinInto(into.acts, other.acts);
  for (const writer of other.writers) into.writers.add(writer);
};

const foldHistories = (
  ordered: readonly Ordered<Leaf>[],
  problems: Problem[],
  instrument: Instrument | undefined,
): { readonly history: History; readonly heads: readonly number[] } => {
  const children = ordered.map(() => 0);
  for (const { parents } of ordered)
    for (const parent of parents) children[parent] = (children[parent] ?? 0) + 1;
  const histories: History[] = [];
  const seenBy = (parents: readonly number[]): History => {
    const [only] = parents;
    // A parent with one child is never looked at again: its history is continued in place, so a chain folds in one pass.
    if (parents.length === 1 && only !== undefined && children[only] === 1) return histories[only] as History;
    const seen = only === undefined ? emptyHistory() : copyHistory(histories[only] as History);
    for (const parent of parents.slice(1)) joinHistory(seen, histories[parent] as History);
    return seen;
  };
  ordered.forEach(({ entry, parents }, place) => {
    const history = seenBy(parents);
    applyEntry(history, presentVersion(entry.body, instrument), place, problems);
    if (STATING.has(entry.body.kind))
      stateSealed(history, entry.body, presentNames(entry.body, instrument), place);
    histories.push(history);
  });
  const heads = ordered.map((_, place) => place).filter((place) => children[place] === 0);
  const [firstHead, ...otherHeads] = heads.map((place) => histories[place] as History);
  const history = firstHead ?? emptyHistory();
  for (const other of otherHeads) joinHistory(history, other);
  return { history, heads };
};

/** Only answers are renamed and recoded; a newer version than ours is left as it is, for a newer program. */
const presentVersion = (body: EntryBody, instrument: Instrument | undefined): EntryBody => {
  if (instrument === undefined || body.instrument_version >= instrument.version || !STATING.has(body.kind))
    return body;
  const values = upgradeValues(instrument, body.instrument_version, new Map(Object.entries(body.values)));
  return { ...body, values: Object.fromEntries(values) };
};

const applyEntry = (history: History, body: EntryBody, place: number, problems: Problem[]): void => {
  const { values, links, acts, sealed, attachments } = history;
  for (const register of [values, links, acts, sealed, attachments]) register.known.add(place);
  if (STATING.has(body.kind)) stateValues(history, body, place);
  if (body.kind === 'erase') forgetSealed(history);
  else stateAttachments(history, body, place);
  if (body.kind === 'link' || body.kind === 'unlink') stateLinks(history, body, place);
  const refused = refusedVerification(body, history.writers);
  if (refused !== undefined) problems.push(refused);
  else {
    const spoken = actOf(body);
    if (spoken !== undefined) overwrite(history.acts, spoken.axis, { entry: place, value: spoken.act });
  }
  if (writesRecord(body)) history.writers.add(body.author);
};

const erasureOf = (history: History): { readonly erased?: Erasure } => {
  const [first] = history.acts.statements.get('erasure') ?? [];
  if (first === undefined) return {};
  const { author, at, says } = first.value;
  return { erased: { by: author, at, basis: says } };
};

/** A field in conflict keeps its candidates, and a revision is one more of them; only `resolve` decides. */
const stateValues = (history: History, body: EntryBody, place: number): void => {
  for (const [path, value] of Object.entries(body.values)) {
    const open = history.values.statements.get(path);
    if (open !== undefined && body.kind !== 'resolve' && disagree(open))
      addBeside(history.values, path, { entry: place, value });
    else overwrite(history.values, path, { entry: place, value });
    for (const name of history.links.statements.keys())
      if (name.startsWith(`${path}\0`)) history.links.statements.delete(name);
  }
};

const stateLinks = (history: History, body: EntryBody, place: number): void => {
  for (const [path, ids] of Object.entries(body.values))
    for (const id of asIds(ids))
      overwrite(history.links, `${path}\0${id}`, { entry: place, value: body.kind === 'link' });
};

const asIds = (value: EntryValue | undefined): readonly string[] => {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
};

const readValues = (
  history: History,
  idOf: (place: number) => string,
): { readonly values: ReadonlyMap<string, EntryValue>; readonly conflicts: readonly Conflict[] } => {
  const values = new Map<string, EntryValue>();
  const conflicts: Conflict[] = [];
  for (const [field, statements] of history.values.statements) {
    const [stated] = statements;
    if (stated !== undefined && !disagree(statements)) values.set(field, stated.value);
    else conflicts.push({ field, candidates: new Map(statements.map((s) => [idOf(s.entry), s.value])) });
  }
  for (const [name, statements] of history.links.statements) {
    const [path = '', id = ''] = name.split('\0');
    const rest = asIds(values.get(path)).filter((other) => other !== id);
    // Linked by one person and unlinked by another who had not seen it: the link stays and can be looked at.
    values.set(path, statements.some((s) => s.value) ? [...rest, id].sort() : rest);
  }
  return { values, conflicts };
};

/** Where the axes themselves disagree in a way that no caution settles: two merge targets, two assessments. */
const actConflicts = (history: History, idOf: (place: number) => string): readonly Conflict[] =>
  AXES.filter((axis): axis is Axis => axis === 'merge' || axis === 'evidence').flatMap((axis) => {
    const statements = history.acts.statements.get(axis) ?? [];
    const says = statements.map((s) => ({ entry: s.entry, value: s.value.says }));
    if (!disagree(says)) return [];
    return [{ field: `_${axis}`, candidates: new Map(says.map((s) => [idOf(s.entry), s.value])) }];
  });
