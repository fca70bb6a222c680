import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aStudy } from '../../tests/builders/study-files.ts';
import type { ExpressionNode } from './expression.ts';
import { printExpression, readExpression } from './index.ts';
import { parseSyntax } from './parse-expression.ts';
import { SyntaxFault, type SyntaxNode } from './syntax.ts';

const study = aStudy();
const read = (source: string, table = 'gathering') => readExpression(study, table, source);
const fault = (source: string, table = 'gathering') =>
  read(source, table).faults.map(({ code, details, at }) => ({ problem: code, at, ...details }));
const root = (source: string): ExpressionNode | undefined => read(source).expression?.root;

/** A tree without its offsets: printing does not keep blanks. */
const bare = (node: unknown): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'at' ? undefined : value)));

const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,5}(\.[a-z][a-z0-9_]{0,5})?$/)
  .filter((n) => !['and', 'or', 'div', 'mod'].includes(n));
const text = fc.string({ maxLength: 8 }).filter((t) => !(t.includes("'") && t.includes('"')));
const tree = fc.letrec<{ node: SyntaxNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant('name' as const), at: fc.constant(0), path: name }),
    fc.record({
      kind: fc.constant('number' as const),
      at: fc.constant(0),
      value: fc.stringMatching(/^\d{1,4}(\.\d{1,3})?$/),
    }),
    fc.record({ kind: fc.constant('text' as const), at: fc.constant(0), value: text }),
    fc.constant<SyntaxNode>({ kind: 'self', at: 0 }),
    fc.record({ kind: fc.constant('negate' as const), at: fc.constant(0), operand: tie('node') }),
    fc.record({
      kind: fc.constant('call' as const),
      at: fc.constant(0),
      name: fc.constantFrom('selected', 'count-selected', 'if', 'true'),
      args: fc.array(tie('node'), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('binary' as const),
      at: fc.constant(0),
      operator: fc.constantFrom('or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'div', 'mod'),
      left: tie('node'),
      right: tie('node'),
    }),
  ),
})).node;

describe('an expression', () => {
  test('that is printed is read back as the same tree', () => {
    fc.assert(
      fc.property(tree, (node) => {
        expect(bare(parseSyntax(printExpression(node)))).toEqual(bare(node));
      }),
    );
  });

  test('groups by precedence and from the left', () => {
    expect(printExpression(parseSyntax("a or b and not(c = 'x') or 1 - 2 - 3 * -4 > 0"))).toBe(
      "a or b and not(c = 'x') or 1 - 2 - 3 * -4 > 0",
    );
    expect(printExpression(parseSyntax('(a or b) and ((c))'))).toBe('(a or b) and c');
  });

  test('takes paths with and without braces, and both quotation marks', () => {
    expect(bare(parseSyntax('${a.b} = "it\'s"'))).toEqual(bare(parseSyntax('a.b = "it\'s"')));
  });

  test('has a minus where only functions have a hyphen', () => {
    expect(printExpression(parseSyntax('a-b'))).toBe('a - b');
    expect(printExpression(parseSyntax('count-selected(a)'))).toBe('count-selected(a)');
  });

  test.each([
    ["a = 'x", 'open_text', 4],
    ['(a', 'ends_early', 2],
    ['(a b', 'open_bracket', 3],
    ['a)', 'closed_bracket', 1],
    ['a = ', 'ends_early', 4],
    ['a # b', 'character', 2],
    ['', 'ends_early', 0],
    ['= 1', 'unexpected', 0],
    ['('.repeat(200), 'too_deep', 100],
    ['a'.repeat(20_000), 'too_long', 0],
  ])('%s is refused where it goes wrong', (source, reason, at) => {
    const error = (() => {
      try {
        return parseSyntax(source);
      } catch (e) {
        return e;
      }
    })();
    expect(error).toBeInstanceOf(SyntaxFault);
    expect(error).toMatchObject({ reason, at });
  });

  test('any text either parses or is refused by a SyntaxFault', () => {
    const pieces = fc.constantFrom(
      'a',
      '1',
      "'x'",
      '(',
      ')',
      '=',
      'and',
      ' ',
      ',',
      '.',
      '-',
      '${',
      '}',
      'if(',
    );
    const outcome = (source: string): unknown => {
      try {
        return parseSyntax(source) === undefined;
      } catch (error) {
        return error instanceof SyntaxFault ? false : error;
      }
    };
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        expect(outcome(parts.join(''))).toBe(false);
      }),
    );
  });
});

describe('types', () => {
  test('a literal beside a code or a date has that type', () => {
    expect(root("form = 'rally'")).toMatchObject({ right: { type: 'code' } });
    expect(root("'2018-02-01' <= date")).toMatchObject({ left: { type: 'date' } });
  });

  test('a condition stands for its tree', () => {
    expect(printExpression(root('large_rally') as ExpressionNode)).toBe(
      "participants.best >= 100 and form = 'rally'",
    );
  });

  test('a row of a child table sees the fields of its parent, and says where they are', () => {
    expect(read("kind = 'fine' and place = 'hill'", 'gathering.sanctions').expression?.root).toMatchObject({
      left: { left: { path: 'kind', table: 'gathering.sanctions' } },
      right: { left: { path: 'place', table: 'gathering' } },
    });
  });

  test('counted is the rule of the study', () => {
    expect(root('counted')).toMatchObject({ kind: 'counted', type: 'boolean' });
  });

  test.each([
    "any(sanctions.kind = 'arrest' and sanctions.persons > 1)",
    'count(sanctions) > 0',
    'count(tools) > 1',
    "count(sanctions.kind = 'fine') = 2",
    'sum(sanctions.persons) > 10',
    "selected(tools, 'picket') and count-selected(tools) > 1",
    "if(form = 'rally', 1, 0) + 1 > coalesce(minutes, 0)",
    "coalesce(form, 'rally') = 'rally'",
    'year(date) = 2018 and month(date) < 3',
    'round(minutes div 60, 1) >= 1.5 and int(minutes) mod 2 = 0',
    'present(place) and not(missing(participants.best))',
    "place = 'unit:south' or unit_id = 'south'",
    "period = '2018' and review = 'verified' and evidence != 'disputed'",
    "regex(record_id, '[0-9]+')",
    'max(police.low, police.best, 1) = -1 * -2',
    'late_verified = false()',
  ])('%s fits', (source) => {
    expect(fault(source)).toEqual([]);
  });

  test.each([
    ['colour = 1', { problem: 'study_field_unknown', field: 'colour', at: 0 }],
    ['participants > 1', { problem: 'study_field_unknown', field: 'participants' }],
    ["form = 'walk'", { problem: 'study_code_unknown', code: 'walk', list: 'form', at: 7 }],
    ["selected(tools, 'walk')", { problem: 'study_code_unknown', code: 'walk' }],
    ["place = 'south'", { problem: 'study_code_unknown', list: 'settlements_and_units' }],
    ['form = 1', { reason: 'compare', expected: 'code', found: 'number' }],
    ["form < 'rally'", { reason: 'compare' }],
    ['form = realisation', { reason: 'compare' }],
    ['form and true()', { reason: 'type', expected: 'boolean', found: 'code' }],
    ['participants.best', { reason: 'type', expected: 'boolean', found: 'number' }],
    ["date > '2018'", { reason: 'date', found: '2018' }],
    ["date > '2018-02-32'", { reason: 'date' }],
    ['sanctions.persons > 1', { reason: 'rows_outside' }],
    ['any(minutes > 1)', { reason: 'rows_only' }],
    ['any(true())', { reason: 'rows_only' }],
    ['any(any(sanctions.persons > 1))', { reason: 'rows_nested' }],
    ['sum(sanctions.kind) > 1', { reason: 'type', found: 'code' }],
    ['. = 1', { reason: 'self' }],
    ['date < today()', { reason: 'constraint_only' }],
    ['round(minutes) > 1', { reason: 'arguments', expected: 2, found: 1 }],
    ["regex(record_id, '(')", { reason: 'pattern' }],
    ['present(1)', { reason: 'field' }],
    ['substr(record_id) > 1', { problem: 'study_name_unknown', kind: 'function' }],
    ["organiser = 'x'", { problem: 'snapshot_identity_field', field: 'organiser' }],
  ])('%s does not fit', (source, expected) => {
    expect(fault(source)).toMatchObject([expected]);
  });

  test('a condition is refused on an instrument it is not about', () => {
    const other = aStudy({
      'street/instruments/note.yaml': `
id: note
version: 1
kind: card
unit: persons
title: {kk: a, ru: b, en: c}
fields: [{name: minutes, type: integer, label: {kk: a, ru: b, en: c}, sensitivity: statistical}]
`,
    });
    expect(readExpression(other, 'note', 'large').faults).toMatchObject([
      { details: { reason: 'condition', name: 'large' } },
    ]);
  });

  test('a condition is refused on rows whose field hides a field it reads', () => {
    const other = aStudy({
      'street/instruments/gathering.yaml': [
        ['fields: [\n      {name: kind,', 'fields: [\n      {name: form,'],
      ],
      'street/tables/tables.yaml': [
        ['{by: kind}', '{by: form}'],
        ['counted and large', 'counted'],
      ],
    });
    expect(readExpression(other, 'gathering.sanctions', 'large_rally').faults).toMatchObject([
      { details: { reason: 'shadowed' } },
    ]);
    expect(readExpression(other, 'gathering.sanctions', 'large').faults).toEqual([]);
  });
});
