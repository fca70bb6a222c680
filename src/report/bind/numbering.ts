import {
  flatSections,
  type ReportSource,
  type SourceNode,
  type SourceSection,
  tagsOf,
} from '../source/read-source.ts';

/** Numbers and anchors of sections, tables and figures, given before the text is bound, so that it can refer forward. */
export interface Numbering {
  readonly sections: ReadonlyMap<string, { readonly number?: string; readonly section: SourceSection }>;
  readonly placed: ReadonlyMap<SourceNode, Placed>;
  /** The first table and figure of each table id. */
  readonly tables: ReadonlyMap<string, Placed>;
  readonly figures: ReadonlyMap<string, Placed>;
}
export interface Placed {
  readonly number: string;
  readonly anchor: string;
}

/** The number and anchor of a table or figure tag. */
export const numberedPlace = ({ placed }: Numbering, tag: SourceNode): Placed => {
  const place = placed.get(tag);
  if (place === undefined) throw new Error(`tag ${tag.tag} was not numbered`);
  return place;
};

const numberSections = (
  sections: readonly SourceSection[],
  prefix: string,
  into: Map<string, { number?: string; section: SourceSection }>,
): void => {
  let n = 0;
  for (const section of sections) {
    const number = section.numbered && prefix !== '-' ? `${prefix}${++n}` : undefined;
    into.set(section.id, number === undefined ? { section } : { number, section });
    // Below an unnumbered section nothing is numbered.
    numberSections(section.sections, number === undefined ? '-' : `${number}.`, into);
  }
};

export const numberSource = (source: ReportSource): Numbering => {
  const sections = new Map<string, { number?: string; section: SourceSection }>();
  numberSections(source.sections, '', sections);
  const placed = new Map<SourceNode, Placed>();
  const tables = new Map<string, Placed>();
  const figures = new Map<string, Placed>();
  let [t, f] = [0, 0];
  for (const tag of flatSections(source.sections).flatMap(tagsOf)) {
    if (tag.tag !== 'table' && tag.tag !== 'figure') continue;
    const isTable = tag.tag === 'table';
    const number = String(isTable ? ++t : ++f);
    const place = { number, anchor: `${tag.tag}-${number}` };
    placed.set(tag, place);
    const [index, id] = [isTable ? tables : figures, String(tag.attributes['primary'])];
    if (!index.has(id)) index.set(id, place);
  }
  return { sections, placed, tables, figures };
};
