import type { EntryValue, RecordState } from '../records/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { type PartialDate, parsePartialDate, unitOf } from '../vocabulary/index.ts';
import { canonicalUrl } from './normalise.ts';

/** What of a record is compared. Names are there only where somebody opened them with a key of their own. */
export interface Linkable {
  readonly recordId: string;
  readonly receivedAt: string;
  readonly date: PartialDate | undefined;
  readonly place: string | undefined;
  /** First-level unit of the place on that day. */
  readonly unit: string | undefined;
  /** Path -> the codes stated; also of the rows of a repeat (`violations.kind`). */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly url: string | undefined;
  /** What is of the thing itself, so that two values are two things: paths of codes, and `url`. */
  readonly distinctBy: ReadonlySet<string>;
  readonly names: readonly string[];
}

const text = (value: EntryValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const codesAt = (state: RecordState, path: string): ReadonlySet<string> => {
  const own = state.values.get(path);
  if (typeof own === 'string') return new Set([own]);
  const [repeat = '', field = ''] = path.split('.');
  const rows = state.values.get(own === undefined ? repeat : path);
  if (!Array.isArray(rows)) return new Set();
  const found = (rows as readonly (string | { readonly values: Readonly<Record<string, EntryValue>> })[]).map(
    (row) => (typeof row === 'string' ? row : text(row.values[field])),
  );
  return new Set(found.filter((code) => code !== undefined));
};

/** A record as its instrument says that it is compared (`linkage`). */
export const linkableOf = (
  study: Study,
  instrument: Instrument,
  state: RecordState,
  names: readonly string[] = [],
): Linkable => {
  const { linkage } = instrument;
  const date = parsePartialDate(text(state.values.get(instrument.dateField ?? '')) ?? '');
  const place = text(state.values.get(instrument.placeField ?? ''));
  const day = date === undefined ? '' : date.text.slice(0, 10);
  const unit = place?.startsWith('unit:') ? place.slice(5) : unitOf(study.geography, place ?? '', day)?.id;
  return {
    recordId: state.recordId,
    receivedAt: state.receivedAt,
    date,
    place,
    unit,
    codes: new Map((linkage?.codes ?? []).map((path) => [path, codesAt(state, path)])),
    url: canonicalUrl(text(state.values.get(linkage?.url ?? '')) ?? ''),
    distinctBy: new Set((linkage?.distinctBy ?? []).map((path) => (path === linkage?.url ? 'url' : path))),
    names,
  };
};
