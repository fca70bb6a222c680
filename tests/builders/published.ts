import type { PublishedFile, PublishedNumber, PublishedRule, PublishedRules } from '../../src/study/index.ts';
import { fraction, parseDecimal } from '../../src/vocabulary/index.ts';

/** A printed number named `file/row/column/period` in reference keys; its value is written as printed (`-` for a dash). */
export const aNumber = (
  name: string,
  printed: string,
  given: Partial<PublishedNumber> = {},
): PublishedNumber => {
  const [file = '', row = '', column = '', period = ''] = name.split('/');
  return {
    file,
    line: 2,
    series: '',
    measure: '',
    period,
    row: [],
    value:
      printed === '-'
        ? { missing: 'none_recorded' }
        : printed === ''
          ? { missing: 'not_published' }
          : parseDecimal(printed),
    valueRaw: printed,
    decimals: printed.split('.')[1]?.length ?? 0,
    unit: 'assemblies',
    status: 'as_printed',
    sourceTable: '1',
    breakAfter: false,
    referenceRow: row,
    referenceColumn: column,
    relation: 'eq',
    ...given,
  };
};

/** Numbers gathered into their files. */
export const publishedFiles = (numbers: readonly PublishedNumber[]): readonly PublishedFile[] =>
  [...Map.groupBy(numbers, (n) => n.file)].map(([id, of]) => ({ id, source: '', numbers: of }));

export const aRule = (
  given: Pick<PublishedRule, 'kind' | 'result' | 'parts'> & Partial<PublishedRule>,
): PublishedRule => ({
  id: given.kind,
  under: [],
  times: [],
  scale: fraction(1),
  where: new Map(),
  ...given,
});

export const rulesOf = (...rules: readonly PublishedRule[]): PublishedRules => ({
  rules,
  readings: [],
  notReproducible: [],
});
