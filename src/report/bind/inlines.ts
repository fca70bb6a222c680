import { type Label, labelText, needsReview, unitNameOn } from '../../vocabulary/index.ts';
import type { Block, Inline, LiteralKind } from '../document.ts';
import { type SourceNode, tagsIn } from '../source/read-source.ts';
import { type Binding, broken, fail, say } from './binding.ts';
import { checkClaim } from './claim-tag.ts';
import { bindNumber } from './number-tag.ts';
import { periodText } from './period-text.ts';
import { traceNumber } from './trace.ts';
import { typeset, unbroken } from './typeset.ts';

/** The inline children of a block, bound. A tag that fails is reported and leaves nothing; the document is then not built. */
export const bindInlines = (binding: Binding, nodes: readonly SourceNode[]): readonly Inline[] =>
  nodes.flatMap((node) => bindInline(binding, node));

const bindInline = (binding: Binding, node: SourceNode): readonly Inline[] => {
  switch (node.type) {
    case 'inline':
      return bindInlines(binding, node.children);
    case 'text':
      return [{ kind: 'text', text: typeset(binding.language, String(node.attributes['content'] ?? '')) }];
    case 'softbreak':
      return [{ kind: 'text', text: ' ' }];
    case 'hardbreak':
      return [{ kind: 'break' }];
    case 'em':
      return [{ kind: 'emphasis', inlines: bindInlines(binding, node.children) }];
    case 'strong':
      return [{ kind: 'strong', inlines: bindInlines(binding, node.children) }];
    case 'link':
      return [
        {
          kind: 'link',
          href: String(node.attributes['href'] ?? ''),
          inlines: bindInlines(binding, node.children),
        },
      ];
    case 'tag':
      return [bindTag(binding, node)].filter((inline) => inline !== undefined);
    default:
      return bindInlines(binding, node.children);
  }
};

const bindTag = (binding: Binding, tag: SourceNode): Inline | undefined => {
  switch (tag.tag) {
    case 'n':
      return bindNumber(binding, tag);
    case 'claim':
      return bindClaim(binding, tag);
    case 'lit':
      if (tag.attributes['as'] === 'heading' && !isHeading(binding, tag)) {
        fail(binding, 'report_tag_attribute', { tag: 'lit', attribute: 'primary', reason: 'value' }, tag.at);
        return undefined;
      }
      return {
        kind: 'literal',
        as: tag.attributes['as'] as LiteralKind,
        text: String(tag.attributes['primary']),
      };
    case 'period':
      return { kind: 'literal', as: 'date', text: periodText(binding, tag.attributes['form'] === 'dates') };
    case 'label':
      return bindLabel(binding, tag);
    case 'see':
      return bindReference(binding, tag);
    case 'footnote': {
      const blocks: Block[] = [{ kind: 'paragraph', inlines: bindInlines(binding, tag.children) }];
      const number = binding.footnotes.length + 1;
      binding.footnotes.push({ number, blocks });
      return { kind: 'footnote', number };
    }
    default:
      return undefined;
  }
};

/** A heading with digits in it stands in a heading of the text, or quotes one of a table: its title or a measure's label. */
const isHeading = (binding: Binding, tag: SourceNode): boolean => {
  const titles = [...binding.numbering.sections.values()].map(({ section }) => section.title);
  if (titles.some((title) => tagsIn(title).includes(tag))) return true;
  const labels = binding.tables.flatMap((t) => [t.title, ...t.measures.map((m) => m.label)]);
  return labels.some((label) => labelText(label, binding.language) === tag.attributes['primary']);
};

/** The words of inlines, without marks: for problems, titles of pages and outlines. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if ('text' in inline) return inline.text;
      return 'inlines' in inline ? plainText(inline.inlines) : inline.kind === 'break' ? ' ' : '';
    })
    .join('');

const bindClaim = (binding: Binding, tag: SourceNode): Inline | undefined => {
  const inlines = bindInlines(binding, tag.children);
  const cells = checkClaim(binding, tag, plainText(inlines));
  if (cells === undefined) return undefined;
  for (const c of cells) traceNumber(binding, c.address, c.table, c.measure, c.cell);
  return { kind: 'claim', is: String(tag.attributes['is']), addresses: cells.map((c) => c.address), inlines };
};

const labelOf = (binding: Binding, list: string, code: string): Label | undefined => {
  if (list === 'settlement') return binding.study.geography.settlements.get(code)?.label;
  if (list === 'unit') {
    const unit = binding.study.geography.units.get(code);
    return unit === undefined ? undefined : unitNameOn(unit, binding.period.end).label;
  }
  return binding.study.codeLists.get(list)?.codes.find((c) => c.code === code)?.label;
};

const bindLabel = (binding: Binding, tag: SourceNode): Inline | undefined => {
  const [list, code] = [String(tag.attributes['list']), String(tag.attributes['code'])];
  const label = labelOf(binding, list, code);
  if (label === undefined) {
    const known = binding.study.codeLists.get(list)?.codes.map((c) => c.code) ?? [
      ...binding.study.codeLists.keys(),
    ];
    broken(binding, tag.at, `${list}/${code}`, 'unknown_label', { known });
    return undefined;
  }
  const draft = needsReview(label, binding.language);
  const text = labelText(label, binding.language);
  if (draft) binding.drafts.add(text);
  const small =
    tag.attributes['lower'] === true
      ? text.slice(0, 1).toLocaleLowerCase(binding.language) + text.slice(1)
      : text;
  return { kind: 'label', text: small, draft };
};

const bindReference = (binding: Binding, tag: SourceNode): Inline | undefined => {
  const { tables, figures, sections } = binding.numbering;
  for (const [what, places] of [['table', tables] as const, ['figure', figures] as const]) {
    const place = places.get(String(tag.attributes[what]));
    if (place !== undefined)
      return {
        kind: 'reference',
        text: unbroken(say(binding, `report.see.${what}`, { number: place.number })),
        anchor: place.anchor,
      };
  }
  const id = String(tag.attributes['section']);
  const section = sections.get(id);
  if (section !== undefined)
    return {
      kind: 'reference',
      text:
        section.number === undefined
          ? say(binding, 'report.chapter_unnumbered', {
              title: plainText(bindInlines(binding, section.section.title.children)),
            })
          : unbroken(say(binding, 'report.see.section', { number: section.number })),
      anchor: id,
    };
  const written = String(tag.attributes['table'] ?? tag.attributes['figure'] ?? id);
  broken(binding, tag.at, written, 'unknown_place', {
    known: [...tables.keys(), ...figures.keys(), ...sections.keys()],
  });
  return undefined;
};
