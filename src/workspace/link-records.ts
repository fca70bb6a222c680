import {
  type Candidate,
  compareRecords,
  type Decision,
  decisionDraft,
  differentFrom,
  isDifferent,
  type Judgement,
  type Linkable,
  linkableOf,
  linkageCandidates,
  pairId,
  type Scored,
  tooFarApart,
  undoDraft,
} from '../linkage/index.ts';
import type { EntryValue, RecordState } from '../records/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { type Reader, revealRecord } from './reveal-record.ts';
import { registeredStudy } from './study-folders.ts';
import type { Workspace } from './workspace.ts';

/** Candidates of one instrument, best first. */
export interface FoundCandidates {
  readonly instrument: Instrument;
  readonly candidates: readonly Candidate[];
}

/**
 * Pairs of records of a study that may be one thing and that nobody has decided on. Names are compared only for a reader, whose
 * keys open them here; they go nowhere else.
 */
export const linkCandidates = async (
  workspace: Workspace,
  studyId: string,
  reader?: Reader,
): Promise<readonly FoundCandidates[]> => {
  const study = await registeredStudy(workspace, studyId);
  const linked = [...study.instruments.values()].filter((i) => i.linkage !== undefined);
  const records = new Map(linked.map((i) => [i.id, [] as Linkable[]]));
  const decided = new Set<string>();
  const source: Source = { workspace, study, ...(reader === undefined ? {} : { reader }) };
  for await (const state of workspace.states(study)) {
    const list = records.get(state.instrument);
    if (list === undefined || state.review === 'merged' || state.review === 'excluded') continue;
    for (const other of differentFrom(state)) decided.add(pairId(state.recordId, other));
    list.push(await comparable(source, state));
  }
  return linked.map((instrument) => ({
    instrument,
    candidates: linkageCandidates(records.get(instrument.id) ?? [], decided),
  }));
};

interface Source {
  readonly workspace: Workspace;
  readonly study: Study;
  readonly reader?: Reader;
}

const instrumentOf = ({ study }: Source, state: RecordState): Instrument => {
  const found = study.instruments.get(state.instrument);
  if (found === undefined) throw new ProblemError(problem('record_unknown', { record: state.recordId }));
  return found;
};

const comparable = async (source: Source, state: RecordState): Promise<Linkable> => {
  const instrument = instrumentOf(source, state);
  return linkableOf(source.study, instrument, state, await namesIn(source, instrument, state));
};

/** The names that this reader's keys open in a record; none where they open nothing. */
const namesIn = async (
  { workspace, reader }: Source,
  { linkage }: Instrument,
  state: RecordState,
): Promise<readonly string[]> => {
  const sealed = state.sealed.some((s) => s.field === linkage?.name);
  if (reader === undefined || !sealed || state.erased !== undefined) return [];
  const { fields } = await revealRecord(workspace, state.recordId, reader).catch((error: unknown) => {
    if (error instanceof ProblemError) return { fields: [] };
    throw error;
  });
  return fields.flatMap(({ field, shown }) =>
    field === linkage?.name && 'value' in shown && typeof shown.value === 'string' ? [shown.value] : [],
  );
};

interface Pair extends Source {
  readonly one: RecordState;
  readonly other: RecordState;
}

/** The records of `A:B`, the one that came into the log first before the other. */
const pairOf = async (workspace: Workspace, pair: string, reader?: Reader): Promise<Pair> => {
  const ids = pair.split(':');
  const [id = ''] = ids;
  const [first] = await workspace.entries(id);
  if (ids.length !== 2 || ids[0] === ids[1] || first === undefined)
    throw new ProblemError(problem('link_pair', { pair }));
  const study = await registeredStudy(workspace, first.body.study);
  const states = await Promise.all(ids.map((record) => workspace.record(record, study)));
  const order = (s: RecordState | undefined): string => `${s?.receivedAt ?? ''} ${s?.recordId ?? ''}`;
  const [a, b] = states.toSorted((x, y) => (order(x) < order(y) ? -1 : 1));
  if (a === undefined || b === undefined || a.study !== b.study || a.instrument !== b.instrument)
    throw new ProblemError(problem('link_pair', { pair }));
  return { workspace, study, one: a, other: b, ...(reader === undefined ? {} : { reader }) };
};

/** What both records of a pair state in a field; a side that states nothing has no value. */
export interface BothStated {
  readonly field: string;
  readonly one?: EntryValue;
  readonly other?: EntryValue;
}

/** A pair as a person looks at it before deciding: the earlier record first, what speaks for the pair, and what each of them says. */
export interface LinkView extends Scored {
  readonly instrument: Instrument;
  readonly one: string;
  readonly other: string;
  readonly fields: readonly BothStated[];
  /** Records whose name the reader's keys opened: whoever is shown it has looked into them. */
  readonly opened: readonly string[];
}

/** Both records of `A:B`, field by field; of what is sealed only the name that is compared, for a reader. Throws `link_pair`. */
export const viewLink = async (workspace: Workspace, pair: string, reader?: Reader): Promise<LinkView> => {
  const of = await pairOf(workspace, pair, reader);
  const instrument = instrumentOf(of, of.one);
  const [a, b] = await Promise.all([comparable(of, of.one), comparable(of, of.other)]);
  const stated = (path: string) => ({
    ...side('one', path === instrument.linkage?.name ? a.names : of.one.values.get(path)),
    ...side('other', path === instrument.linkage?.name ? b.names : of.other.values.get(path)),
  });
  const opened = [a, b].filter((record) => record.names.length > 0).map((record) => record.recordId);
  const names = opened.length > 0 ? [instrument.linkage?.name ?? ''] : [];
  const paths = new Set(
    [...of.one.values.keys(), ...of.other.values.keys()].filter((p) => !p.startsWith('_')),
  );
  return {
    instrument,
    one: of.one.recordId,
    other: of.other.recordId,
    ...compareRecords(a, b),
    fields: [...names, ...paths].map((field) => ({ field, ...stated(field) })),
    opened,
  };
};

const side = <S extends 'one' | 'other'>(name: S, value: EntryValue | readonly string[] | undefined) =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? {} : { [name]: value };

/**
 * Puts a person's decision on a pair `A:B` into the log: the record that came later is merged into the other, or keeps that it is
 * another. Returns the score, where it could be worked out. Throws ProblemError `link_pair`, `link_decided` (undo it first),
 * `link_chain` when the group that a merge makes would hold two records that are not alike, and `link_group_needs_keys` when
 * only names could tell.
 */
export const decideLink = async (
  workspace: Workspace,
  pair: string,
  decision: Decision,
  by: Omit<Judgement, 'score'>,
  reader?: Reader,
): Promise<number | undefined> => {
  const of = await pairOf(workspace, pair, reader);
  const { one, other } = of;
  if (
    undoDraft(one, other, by) !== undefined ||
    one.mergedInto !== undefined ||
    other.mergedInto !== undefined
  )
    throw new ProblemError(problem('link_decided', { pair }));
  const isScored = canScore(of);
  if (decision === 'same') await refuseChains(of, isScored);
  const [a, b] = await Promise.all([comparable(of, one), comparable(of, other)]);
  const score = isScored ? compareRecords(a, b).score : undefined;
  await workspace.append([
    decisionDraft(one, other, decision, { ...by, ...(score === undefined ? {} : { score }) }),
  ]);
  return score;
};

/** Without a date, records are told apart by name: who has no keys cannot score them. */
const canScore = (of: Pair): boolean =>
  of.reader !== undefined || instrumentOf(of, of.one).dateField !== undefined;

/** Everything that is merged into either of the two, with them. */
const groupOf = async ({ workspace, study, one, other }: Pair): Promise<readonly RecordState[]> => {
  const group = new Map([one, other].map((state) => [state.recordId, state]));
  const all = (await Array.fromAsync(workspace.states(study))).filter((s) => s.mergedInto !== undefined);
  for (let before = 0; group.size > before; ) {
    before = group.size;
    for (const state of all) if (group.has(state.mergedInto ?? '')) group.set(state.recordId, state);
  }
  return [...group.values()];
};

const refuseChains = async (of: Pair, isScored: boolean): Promise<void> => {
  const group = await groupOf(of);
  if (!isScored && group.length > 2)
    throw new ProblemError(problem('link_group_needs_keys', { records: group.length }));
  const states = new Map(group.map((state) => [state.recordId, state]));
  const saidOf = (a: string, b: string): Decision | undefined => {
    const [x, y] = [states.get(a), states.get(b)];
    if (x === undefined || y === undefined) return undefined;
    if (isDifferent(x, b) || isDifferent(y, a)) return 'different';
    const joined =
      x.mergedInto === b || y.mergedInto === a || pairId(a, b) === pairId(of.one.recordId, of.other.recordId);
    return joined || !isScored ? 'same' : undefined;
  };
  const apart = tooFarApart(await Promise.all(group.map((state) => comparable(of, state))), saidOf);
  if (apart !== undefined) throw new ProblemError(problem('link_chain', { one: apart[0], other: apart[1] }));
};

/** Takes the decision on a pair back. Throws ProblemError `link_pair`, `link_undecided`. */
export const undoLink = async (workspace: Workspace, pair: string, by: Judgement): Promise<void> => {
  const { one, other } = await pairOf(workspace, pair);
  const undo = undoDraft(one, other, by);
  if (undo === undefined) throw new ProblemError(problem('link_undecided', { pair }));
  await workspace.append([undo]);
};
