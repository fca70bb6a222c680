import type { Node } from '@markdoc/markdoc';
import { type Problem, type ProblemPlace, problem } from '../../vocabulary/index.ts';
import { TAGS } from './tags.ts';

const valueFits = (value: unknown, values: readonly string[] | 'count' | 'flag' | undefined): boolean => {
  if (values === 'flag') return typeof value === 'boolean';
  if (values === 'count') return typeof value === 'number' && Number.isInteger(value) && value >= 2;
  return typeof value === 'string' && value !== '' && (values === undefined || values.includes(value));
};

/**
 * A literal is no door for statistics: a year is a year (or two), and the numbers of a date are days, months or years. Articles
 * of law are free.
 */
const literalFits = (as: unknown, text: unknown): boolean => {
  if (typeof text !== 'string' || (as !== 'year' && as !== 'date')) return true;
  if (as === 'year') return /^(?:1[89]|20)\d\d(?:[-–](?:1[89]|20)\d\d)?$/.test(text);
  const numbers = text.match(/\d+/g) ?? [];
  return numbers.length > 0 && numbers.every((n) => Number(n) <= 31 || /^(?:1[89]|20)\d\d$/.test(n));
};

/** What is wrong with one tag: its name, its attributes and their values, where it stands, whether it has a body. */
export const checkTag = (node: Node, at: ProblemPlace, problems: Problem[]): void => {
  const tag = node.tag ?? '';
  const rule = Object.hasOwn(TAGS, tag) ? TAGS[tag] : undefined;
  if (rule === undefined) {
    problems.push(problem('report_tag_unknown', { tag, known: Object.keys(TAGS).join(', ') }, at));
    return;
  }
  const wrong = (attribute: string, reason: 'unknown' | 'missing' | 'value' | 'place' | 'body'): void => {
    problems.push(problem('report_tag_attribute', { tag, attribute, reason }, at));
  };
  for (const [name, value] of Object.entries(node.attributes)) {
    const attribute = Object.hasOwn(rule.attributes, name) ? rule.attributes[name] : undefined;
    if (attribute === undefined) wrong(name, 'unknown');
    else if (!valueFits(value, attribute.values)) wrong(name, 'value');
  }
  for (const [name, attribute] of Object.entries(rule.attributes))
    if (attribute.required && node.attributes[name] === undefined) wrong(name, 'missing');
  if (tag === 'lit' && !literalFits(node.attributes['as'], node.attributes['primary']))
    wrong('primary', 'value');
  if (node.inline !== (rule.place === 'inline')) wrong('', 'place');
  if (rule.body !== node.children.length > 0) wrong('', 'body');
};
