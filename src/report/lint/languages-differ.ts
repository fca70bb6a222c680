import { type Problem, problem } from '../../vocabulary/index.ts';
import {
  flatSections,
  type ReportSource,
  type SourceNode,
  type SourceSection,
  tagsOf,
} from '../source/read-source.ts';
import { TAGS } from '../source/tags.ts';

/**
 * What must agree between languages about one tag: its name and the attributes that say which value it prints. The digits of
 * a literal must agree too, in any order ("1 May 2018", "2018 жылғы 1 мамыр"); its words may differ.
 */
export const signature = (tag: SourceNode): string => {
  const rule = TAGS[tag.tag ?? ''];
  const parts = (rule?.compared ?? []).flatMap((name) => {
    const value = tag.attributes[name];
    return value === undefined ? [] : [name === 'primary' ? `"${value}"` : `${name}="${value}"`];
  });
  if (tag.tag === 'lit') {
    const digits = String(tag.attributes['primary'] ?? '').match(/\d+/g) ?? [];
    parts.unshift(`"${digits.sort().join(' ')}"`);
  }
  return [tag.tag, ...parts].join(' ');
};

const counts = (section: SourceSection): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const tag of tagsOf(section)) found.set(signature(tag), (found.get(signature(tag)) ?? 0) + 1);
  return found;
};

const differ = (left: ReportSource, right: ReportSource): Problem[] => {
  const problems: Problem[] = [];
  const [here, there] = [flatSections(right.sections), flatSections(left.sections)];
  const report = (section: SourceSection, file: string, what: string, a: number, b: number): void => {
    problems.push(
      problem(
        'report_languages_differ',
        {
          section: section.id,
          what,
          language: right.language,
          count: a,
          other: left.language,
          other_count: b,
        },
        { file, line: section.line },
      ),
    );
  };
  for (const section of there)
    if (!here.some((s) => s.id === section.id && s.level === section.level))
      report(section, left.file, 'section', 0, 1);
  for (const section of here) {
    const counterpart = there.find((s) => s.id === section.id && s.level === section.level);
    if (counterpart === undefined) {
      report(section, right.file, 'section', 1, 0);
      continue;
    }
    const [a, b] = [counts(section), counts(counterpart)];
    for (const what of new Set([...b.keys(), ...a.keys()]))
      if (a.get(what) !== b.get(what)) report(section, right.file, what, a.get(what) ?? 0, b.get(what) ?? 0);
  }
  if (problems.length === 0) {
    const moved = here.find((section, i) => section.id !== there[i]?.id);
    if (moved !== undefined) report(moved, right.file, 'order', 1, 1);
  }
  return problems;
};

/**
 * The languages of one report must carry the same sections in the same order and, in each, the same tags as multisets, so
 * that values cannot drift between translations. Every language is compared with the first.
 */
export const languagesDiffer = (sources: readonly ReportSource[]): readonly Problem[] => {
  const [first, ...others] = sources;
  return first === undefined ? [] : others.flatMap((other) => differ(first, other));
};
