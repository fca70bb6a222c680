import type { Table, TableMeasure } from '../../tables/index.ts';
import type { FigureRequest } from '../figure-source.ts';
import { flatSections, type SourceNode, tagsOf } from '../source/read-source.ts';
import { type Binding, broken, labelled, type ReportInput, startBinding, withPeriod } from './binding.ts';
import { cutOf, listed } from './cut-tag.ts';
import { numberedPlace, numberSource } from './numbering.ts';
import { tableCaption } from './table-block.ts';

/** A figure as a report's text asks for it: what is drawn of which tables, not yet how wide. */
export interface DeclaredFigure {
  /** Its number and anchor in the report. */
  readonly number: string;
  readonly anchor: string;
  readonly caption: string;
  readonly request: Omit<FigureRequest, 'id' | 'width'>;
}

/** A label after a colon begins small, unless it begins with an abbreviation. */
const inSentence = (label: string, { language }: Binding): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.slice(0, 1).toLocaleLowerCase(language) + label.slice(1) : label;

interface Drawn {
  readonly table: Table;
  readonly measure: TableMeasure;
}

/** The tables drawn beside the first: `table`, or `table/measure` where it is not the measure of the figure. */
const besideOf = (binding: Binding, tag: SourceNode, measure: string): readonly Drawn[] | undefined => {
  const drawn: Drawn[] = [];
  for (const written of listed(binding, tag.attributes['with']) ?? []) {
    const [id = '', own = measure] = written.split('/');
    const table = cutOf(binding, tag, id, [own]);
    const [first] = table?.measures ?? [];
    if (table === undefined || first === undefined) return undefined;
    drawn.push({ table, measure: first });
  }
  return drawn;
};

const measuresDrawn = (tag: SourceNode): string =>
  `${String(tag.attributes['primary'])} ${String(tag.attributes['with'] ?? '')}`;

/** What a figure is called: its own title, else that of its table; with its measure where two are drawn of the same. */
const captionOf = (binding: Binding, tag: SourceNode, plain: string, measure: TableMeasure): string => {
  const title = tag.attributes['title'];
  if (title !== undefined) return withPeriod(binding, String(title));
  const same = [...binding.numbering.placed.keys()].filter(
    (t) => t.tag === 'figure' && measuresDrawn(t) === measuresDrawn(tag),
  );
  return same.length > 1 ? `${plain}: ${inSentence(labelled(binding, measure.label), binding)}` : plain;
};

/** What a figure tag asks to be drawn; undefined where it names what there is not, which is then a problem of the binding. */
export const declaredFigure = (binding: Binding, tag: SourceNode): DeclaredFigure | undefined => {
  const table = cutOf(
    binding,
    tag,
    String(tag.attributes['primary']),
    listed(binding, tag.attributes['measure']),
  );
  const first = table?.measures[0];
  if (table === undefined || first === undefined) return undefined;
  const beside = besideOf(binding, tag, first.id);
  if (beside === undefined) return undefined;
  const column = tag.attributes['column'];
  const code = column === undefined ? undefined : withPeriod(binding, String(column));
  const known = table.dimensions.at(-1)?.codes.map((c) => c.code) ?? [];
  if (code !== undefined && !known.includes(code))
    return void broken(binding, tag.at, `${table.id} ${code}`, 'unknown_cell', { known });
  const caption = captionOf(binding, tag, tableCaption(binding, table), first);
  return {
    ...numberedPlace(binding.numbering, tag),
    caption,
    request: {
      kind: tag.attributes['kind'] as FigureRequest['kind'],
      table,
      measure: first.id,
      language: binding.language,
      beside: beside.map((one) => ({ table: one.table, measure: one.measure.id })),
      ...(tag.attributes['title'] === undefined ? {} : { title: caption }),
      ...(code === undefined ? {} : { column: code }),
    },
  };
};

/** Every figure that a report's text asks for, in its order; one that cannot be bound is left to the report to complain of. */
export const declaredFigures = (input: ReportInput): readonly DeclaredFigure[] => {
  const binding = startBinding(input, numberSource(input.source));
  return flatSections(input.source.sections)
    .flatMap(tagsOf)
    .filter(({ tag }) => tag === 'figure')
    .flatMap((tag) => declaredFigure(binding, tag) ?? []);
};
