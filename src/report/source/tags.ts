/**
 * The tags of a report's text and their attributes, on one page. `primary` is the unnamed value: `{% table "asm.count" /%}`.
 * `compared`: the attributes that must be the same in the three languages; the others are a matter of grammar.
 */
export interface TagRule {
  readonly place: 'block' | 'inline';
  readonly body: boolean;
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  readonly compared: readonly string[];
}
export interface AttributeRule {
  readonly required?: true;
  /** Closed list of values, or what the value must look like. Default: any text. */
  readonly values?: readonly string[] | 'count' | 'flag';
}

export const CLAIMS = [
  'fell',
  'rose',
  'same',
  'most',
  'least',
  'more_than',
  'less_than',
  'times',
  'half',
  'third',
  'first',
  'none',
] as const;
export type ClaimKind = (typeof CLAIMS)[number];

/** Claims about chance. They are refused until a statistical test object backs them (architecture, "Report"). */
export const REFUSED_CLAIMS = ['significantly', 'no_difference'] as const;

export const CASES = ['nom', 'gen', 'dat', 'acc', 'ins', 'pre'] as const;
export const FIGURE_KINDS = [
  'bar',
  'stacked',
  'whole',
  'line',
  'map',
  'tiles',
  'diverging',
  'flow',
  'panels',
  'timeline',
] as const;

const required = { required: true } as const;
const any = {} as const;

export const TAGS: Readonly<Record<string, TagRule>> = {
  n: {
    place: 'inline',
    body: false,
    attributes: {
      cell: required,
      noun: any,
      case: { values: CASES },
      gender: { values: ['m', 'f', 'n'] },
      form: { values: ['number', 'percent', 'words'] },
    },
    compared: ['cell'],
  },
  claim: {
    place: 'inline',
    body: true,
    attributes: {
      cell: required,
      than: any,
      over: any,
      k: { values: 'count' },
      is: { required: true, values: [...CLAIMS, ...REFUSED_CLAIMS] },
    },
    compared: ['cell', 'is', 'k', 'over', 'than'],
  },
  lit: {
    place: 'inline',
    body: false,
    attributes: {
      primary: required,
      as: { required: true, values: ['year', 'date', 'law', 'heading', 'card'] },
    },
    compared: ['as'],
  },
  period: {
    place: 'inline',
    body: false,
    attributes: { form: { values: ['id', 'dates'] } },
    compared: ['form'],
  },
  label: {
    place: 'inline',
    body: false,
    attributes: { list: required, code: required, lower: { values: 'flag' } },
    compared: ['list', 'code'],
  },
  see: {
    place: 'inline',
    body: false,
    attributes: { table: any, figure: any, section: any },
    compared: ['table', 'figure', 'section'],
  },
  footnote: { place: 'inline', body: true, attributes: {}, compared: [] },
  table: {
    place: 'block',
    body: false,
    attributes: { primary: required, measures: any, periods: any, intervals: { values: 'flag' } },
    compared: ['primary', 'measures', 'periods', 'intervals'],
  },
  figure: {
    place: 'block',
    body: false,
    attributes: {
      primary: required,
      kind: { required: true, values: FIGURE_KINDS },
      measure: any,
      periods: any,
      with: any,
      column: any,
      title: any,
    },
    compared: ['primary', 'kind', 'measure', 'periods', 'with', 'column'],
  },
  callout: { place: 'block', body: true, attributes: { title: any }, compared: [] },
};
