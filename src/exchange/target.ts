import { type Field, PLACES, type Sensitivity } from '../study/index.ts';

/** What a column can fill: a simple field, or one part of a compound one (`participants.best`). */
export interface Target {
  readonly path: string;
  readonly field: Field;
  readonly sensitivity: Sensitivity;
  readonly kind:
    | 'text'
    | 'integer'
    | 'decimal'
    | 'date'
    | 'time'
    | 'duration'
    | 'code'
    | 'codes'
    | 'reference'
    | 'files';
  readonly codeList?: string;
  readonly decimals?: number;
  /** Smallest and largest whole number: points of a scale, people. */
  readonly range?: readonly [number, number];
}

const CURRENCY = /^[A-Z]{3}$/;
export const isCurrency = (text: string): boolean => CURRENCY.test(text);

/** What one field offers to a mapping. Repeats have their own rules; notes and derived fields offer nothing. */
const targetsOfField = (field: Field): readonly Target[] => {
  const { path, sensitivity, codeList } = field;
  const at = (suffix: string, kind: Target['kind'], more: Partial<Target> = {}): Target => ({
    path: suffix === '' ? path : `${path}.${suffix}`,
    field,
    sensitivity,
    kind,
    ...more,
  });
  const coded = codeList === undefined ? {} : { codeList };
  const people = { range: [0, Number.MAX_SAFE_INTEGER] } as const;
  if (field.derived !== undefined || field.inverseOf !== undefined) return [];
  switch (field.type) {
    case 'text':
      return [at('', 'text')];
    case 'integer':
      return [at('', 'integer')];
    case 'scale':
      return [
        at('', 'integer', field.scale === undefined ? {} : { range: [field.scale.min, field.scale.max] }),
      ];
    case 'decimal':
      return [at('', 'decimal', { decimals: field.decimals ?? 0 })];
    case 'money':
      return [at('amount', 'decimal', { decimals: field.decimals ?? 0 }), at('currency', 'text')];
    case 'date':
    case 'time':
    case 'duration':
      return [at('', field.type)];
    case 'select_one':
      return [at('', 'code', coded)];
    case 'place':
      return [at('', 'code', { codeList: PLACES })];
    case 'select_multiple':
      return [at('', 'codes', coded)];
    case 'count':
      return [
        ...['low', 'best', 'high'].map((part) => at(part, 'integer', people)),
        ...(codeList === undefined ? [] : [at('method', 'code', coded)]),
      ];
    case 'point':
      return [at('lat', 'decimal', { decimals: 6 }), at('lon', 'decimal', { decimals: 6 })];
    case 'reference':
      return [at('', 'reference')];
    case 'attachment':
      return [at('', 'files')];
    case 'repeat':
    case 'shares':
    case 'note':
      return [];
  }
};

/** Everything the fields of an instrument or of a repeat's row offer, by path. */
export const targetsOf = (fields: readonly Field[]): ReadonlyMap<string, Target> =>
  new Map(fields.flatMap(targetsOfField).map((target) => [target.path, target]));
