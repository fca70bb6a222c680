import Markdoc, { type Node } from '@markdoc/markdoc';
import { type Language, type Problem, type ProblemPlace, problem } from '../../vocabulary/index.ts';
import { checkTag } from './check-tag.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { excessOf } from './source-limits.ts';
import { positionsIn, writtenTags } from './text-positions.ts';

/** The text of a report in one language, parsed and checked for its shape; nothing in it is bound yet. */
export interface ReportSource {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
  readonly frontMatter: FrontMatter;
  readonly sections: readonly SourceSection[];
  /** What is wrong with the shape of the text. A source with problems is not built. */
  readonly problems: readonly Problem[];
}
export interface SourceSection {
  readonly id: string;
  readonly level: number;
  readonly numbered: boolean;
  readonly line: number;
  readonly title: SourceNode;
  readonly blocks: readonly SourceNode[];
  readonly sections: readonly SourceSection[];
}
/** A node of the parsed text with the place a person can go to. */
export interface SourceNode {
  readonly type: string;
  readonly tag?: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly children: readonly SourceNode[];
  readonly at: ProblemPlace;
}

const BLOCKS = [
  'paragraph',
  'list',
  'item',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'heading',
  'inline',
];
const INLINES = ['text', 'softbreak', 'hardbreak', 'em', 'strong', 'link'];
const SYNTAX_ERRORS = new Set(['parse-error', 'missing-opening', 'missing-closing']);

/** Copies the parser's tree into ours: known nodes only, with exact places of tags. */
const convert = (root: Node, text: string, file: string, problems: Problem[]): SourceNode => {
  const position = positionsIn(text);
  const written = writtenTags(text).filter((t) => t.name !== undefined && t.kind !== 'close');
  let next = 0;
  const placeOf = (node: Node): ProblemPlace => {
    if (node.type === 'tag' && node.tag !== undefined) {
      const found = written.findIndex((t, i) => i >= next && t.name === node.tag);
      const tag = written[found];
      if (tag !== undefined) {
        next = found + 1;
        return { file, ...position(tag.start) };
      }
    }
    return { file, line: (node.location?.start.line ?? 0) + 1 };
  };
  const visit = (node: Node): SourceNode => {
    const at = placeOf(node);
    const syntax = node.errors.find((e) => SYNTAX_ERRORS.has(e.id));
    if (node.type === 'error' || syntax !== undefined)
      problems.push(problem('report_source_shape', { reason: 'syntax', what: node.tag ?? '' }, at));
    else if (node.type === 'tag') checkTag(node, at, problems);
    else if (node.type !== 'document' && !BLOCKS.includes(node.type) && !INLINES.includes(node.type))
      problems.push(problem('report_source_shape', { reason: 'node', what: node.type }, at));
    const attributes: Record<string, string | number | boolean> = {};
    for (const [name, value] of Object.entries(node.attributes))
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        attributes[name] = value;
      else if (name === 'class') attributes['class'] = Object.keys(value as object).join(' ');
    return {
      type: node.type,
      ...(node.tag === undefined ? {} : { tag: node.tag }),
      attributes,
      children: node.children.map(visit),
      at,
    };
  };
  return visit(root);
};

const ID = /^[a-z][a-z0-9_-]*$/;

/** The tags of a node and below it, in order. */
export const tagsIn = (node: SourceNode): readonly SourceNode[] => [
  ...(node.tag === undefined ? [] : [node]),
  ...node.children.flatMap(tagsIn),
];

/** Nests the flat run of headings and blocks into sections. */
const sectionsOf = (root: SourceNode, problems: Problem[]): readonly SourceSection[] => {
  interface Open extends SourceSection {
    readonly blocks: SourceNode[];
    readonly sections: Open[];
  }
  const top: Open[] = [];
  const path: Open[] = [];
  const ids = new Set<string>();
  for (const node of root.children) {
    if (node.type !== 'heading') {
      const open = path.at(-1);
      if (open !== undefined) open.blocks.push(node);
      else problems.push(problem('report_source_shape', { reason: 'before_heading', what: '' }, node.at));
      continue;
    }
    const level = Number(node.attributes['level']);
    const id = String(node.attributes['id'] ?? '');
    if (!ID.test(id))
      problems.push(problem('report_source_shape', { reason: 'heading_id', what: id }, node.at));
    else if (ids.has(id))
      problems.push(problem('report_source_shape', { reason: 'heading_twice', what: id }, node.at));
    ids.add(id);
    while (path.length > 0 && (path.at(-1)?.level ?? 0) >= level) path.pop();
    if (level > 3 || level > path.length + 1)
      problems.push(problem('report_source_shape', { reason: 'heading_level', what: id }, node.at));
    const unnumbered = String(node.attributes['class'] ?? '')
      .split(' ')
      .includes('unnumbered');
    const section: Open = {
      id,
      level,
      numbered: !unnumbered,
      line: node.at.line ?? 1,
      title: node,
      blocks: [],
      sections: [],
    };
    (path.at(-1)?.sections ?? top).push(section);
    path.push(section);
  }
  return top;
};

const NO_HEAD: FrontMatter = { title: '', review: false, annex: 'none', covers: 'period' };

/** Parses one language of a report and checks its shape: front matter, headings with ids, known tags, known attributes. */
export const readSource = (text: string, file: string, language: Language): ReportSource => {
  const problems: Problem[] = [];
  const clean = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  const excess = excessOf(clean, file);
  if (excess !== undefined)
    return { file, language, text: '', frontMatter: NO_HEAD, sections: [], problems: [excess] };
  const parsed = Markdoc.parse(clean, { file });
  const head = readFrontMatter(parsed.attributes['frontmatter'] as string | undefined, file);
  problems.push(...head.problems);
  const root = convert(parsed, clean, file, problems);
  const sections = sectionsOf(root, problems);
  return { file, language, text: clean, frontMatter: head.frontMatter, sections, problems };
};

/** All tags of a section itself, without its subsections, in order. */
export const tagsOf = (section: SourceSection): readonly SourceNode[] =>
  [section.title, ...section.blocks].flatMap(tagsIn);

/** Sections with their subsections, flat, in reading order. */
export const flatSections = (sections: readonly SourceSection[]): readonly SourceSection[] =>
  sections.flatMap((s) => [s, ...flatSections(s.sections)]);
