import { allSections, type Block, type Inline, type ReportDocument, type Section } from './document.ts';

/** Addresses of the numbers that the text prints or makes claims about. Numbers that stand only in tables are not among them. */
export const textNumbers = (document: ReportDocument): ReadonlySet<string> => {
  const found = new Set<string>();
  const inText = (parts: readonly Inline[]): void => {
    for (const part of parts) {
      if (part.kind === 'number') found.add(part.address);
      if (part.kind === 'claim') for (const address of part.addresses) found.add(address);
      if ('inlines' in part) inText(part.inlines);
    }
  };
  const inBlock = (block: Block): void => {
    if (block.kind === 'paragraph') inText(block.inlines);
    else if (block.kind === 'list') block.items.flat().forEach(inBlock);
    else if (block.kind === 'quote') block.blocks.forEach(inBlock);
    else if (block.kind === 'callout') {
      inText(block.title ?? []);
      block.blocks.forEach(inBlock);
    } else if (block.kind === 'grid') [...block.header, ...block.rows.flat()].forEach(inText);
  };
  const inSection = (section: Section): void => {
    inText(section.title);
    section.blocks.forEach(inBlock);
    section.sections.forEach(inSection);
  };
  allSections(document).forEach(inSection);
  for (const note of document.footnotes) note.blocks.forEach(inBlock);
  return found;
};
