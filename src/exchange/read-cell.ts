import type { SheetCell } from '../sheets/index.ts';
import type { Study } from '../study/index.ts';
import { cleanText, cleanWord, type RecordedMissing } from '../vocabulary/index.ts';
import type { ColumnRule } from './mapping.ts';
import { mixedScriptWord } from './mixed-script.ts';
import { dateReader } from './parse-date.ts';
import { plainNumber, withDecimals } from './parse-number.ts';
import { codeReader } from './read-code.ts';
import { bad, EMPTY, type Reading, read } from './reading.ts';
import { isCurrency, type Target } from './target.ts';

/** The record that a written key stands for. */
export type RecordIdOf = (reference: string, key: readonly string[]) => string;

type ReadText = (text: string) => Reading;
const CACHE_SIZE = 4096;

/** Coded columns repeat a few words over many rows. */
const remembered = (readText: ReadText): ReadText => {
  const known = new Map<string, Reading>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const reading = readText(text);
    if (known.size < CACHE_SIZE) known.set(text, reading);
    return reading;
  };
};

const number = (rule: ColumnRule, decimals: number, range: Target['range']): ReadText => {
  const kind = decimals === 0 ? 'integer' : 'decimal';
  return (text) => {
    const plain = plainNumber(cleanWord(text), rule.parse?.number ?? {});
    const kept = plain === undefined ? undefined : withDecimals(plain, decimals);
    if (kept === undefined) return bad('import_value_type', { expected: kind, decimals });
    const value = Number(kept);
    if (range !== undefined && (value < range[0] || value > range[1]))
      return bad('import_value_type', {
        expected: range[1] === Number.MAX_SAFE_INTEGER ? 'not_negative' : 'range',
        low: range[0],
        high: range[1],
      });
    if (decimals > 0) return read(kept);
    return Number.isSafeInteger(value) ? read(value) : bad('import_value_type', { expected: kind, decimals });
  };
};

const date = (rule: ColumnRule): ReadText => {
  const parse = dateReader(rule.parse?.date);
  return (text) => {
    const parsed = parse(cleanWord(text));
    if (parsed === undefined)
      return bad('import_value_type', { expected: 'date', format: rule.parse?.date ?? 'YYYY-MM-DD' });
    return 'iso' in parsed ? read(parsed.iso) : bad('import_date_impossible');
  };
};

const TIMES = {
  'HH:MM': /^(\d{1,2}):(\d{2})(?::00)?$/,
  'HH.MM': /^(\d{1,2})\.(\d{2})$/,
  HHMM: /^(\d{2})(\d{2})$/,
} as const;

const hoursAndMinutes = (text: string, pattern: RegExp): readonly [number, number] | undefined => {
  const [, hours, minutes] = pattern.exec(text) ?? [];
  return hours === undefined || Number(minutes) > 59 ? undefined : [Number(hours), Number(minutes)];
};

const time = (rule: ColumnRule): ReadText => {
  const format = rule.parse?.time ?? 'HH:MM';
  return (text) => {
    const found = hoursAndMinutes(cleanWord(text), TIMES[format]);
    if (found === undefined || found[0] > 23) return bad('import_value_type', { expected: 'time', format });
    return read(found.map((n) => String(n).padStart(2, '0')).join(':'));
  };
};

/** Durations are whole minutes. */
const duration = (rule: ColumnRule): ReadText => {
  const format = rule.parse?.duration ?? 'minutes';
  return (text) => {
    const word = cleanWord(text);
    const clock = format === 'HH:MM' ? hoursAndMinutes(word, TIMES['HH:MM']) : undefined;
    const plain =
      clock === undefined ? Number(plainNumber(word, rule.parse?.number ?? {}) ?? Number.NaN) : undefined;
    const minutes =
      clock !== undefined
        ? clock[0] * 60 + clock[1]
        : format === 'HH:MM'
          ? Number.NaN
          : (plain ?? 0) * (format === 'hours' ? 60 : 1);
    return Number.isSafeInteger(minutes) && minutes >= 0
      ? read(minutes)
      : bad('import_value_type', { expected: 'duration', format });
  };
};

const text = (target: Target): ReadText => {
  const currency = target.field.type === 'money';
  return (written) => {
    const clean = cleanText(written);
    if (currency) return isCurrency(clean) ? read(clean) : bad('import_value_type', { expected: 'currency' });
    // A narrative is read by people, never counted: «Facebookте» is no second spelling of a value there.
    const mixed = target.sensitivity === 'identity' ? undefined : mixedScriptWord(clean);
    return mixed === undefined ? read(clean) : bad('import_mixed_script', { word: mixed });
  };
};

const manyOf = (readOne: ReadText, split: string | undefined): ReadText => {
  return (written) => {
    const parts = (split === undefined ? [written] : written.split(split))
      .map(cleanWord)
      .filter((part) => part !== '');
    const readings = parts.map(readOne);
    const wrong = readings.find((r) => 'bad' in r);
    if (wrong !== undefined) return wrong;
    return read([
      ...new Set(readings.flatMap((r) => ('value' in r && typeof r.value === 'string' ? [r.value] : []))),
    ]);
  };
};

/** Names of files as paths from the folder of the table. A name may stand as its system wrote it: only the ends are cleaned. */
const files =
  ({ split, folder }: ColumnRule): ReadText =>
  (written) => {
    const named = (split === undefined ? [written] : written.split(split)).map((name) => name.trim());
    const paths = named
      .filter((name) => name !== '')
      .map((name) => (folder === undefined ? name : `${folder}/${name}`));
    return read([...new Set(paths)]);
  };

/** How text becomes a value of the target. */
const textReader = (study: Study, target: Target, rule: ColumnRule, recordIdOf: RecordIdOf): ReadText => {
  switch (target.kind) {
    case 'text':
      return text(target);
    case 'integer':
      return number(rule, 0, target.range);
    case 'decimal':
      return number(rule, target.decimals ?? 0, target.range);
    case 'date':
      return remembered(date(rule));
    case 'time':
      return time(rule);
    case 'duration':
      return duration(rule);
    case 'code':
      return remembered(codeReader(study, target.codeList ?? '', rule));
    case 'codes':
      return remembered(manyOf(codeReader(study, target.codeList ?? '', rule), rule.split));
    case 'files':
      return files(rule);
    case 'reference': {
      const { to, several } = target.field.reference ?? { to: '', several: false };
      const one: ReadText = (key) => read(recordIdOf(to, [cleanWord(key)]));
      return several ? manyOf(one, rule.split) : one;
    }
  }
};

/** A typed cell of a workbook as text for the target, or why it cannot be taken. */
const cellText = (cell: SheetCell, target: Target): string | Reading => {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'number')
    return target.kind === 'decimal' ? tidy(cell, target.decimals ?? 0) : String(cell);
  if ('formula' in cell) return bad('import_formula', { cell: cell.formula });
  if ('error' in cell) return bad('import_value_type', { expected: 'no_error' });
  if ('time' in cell) return target.kind === 'time' ? read(cell.time) : cell.time;
  if ('date' in cell) {
    if (target.kind === 'date') return read(cell.date.slice(0, 10));
    return target.kind === 'time' && cell.date.length > 10 ? read(cell.date.slice(11)) : cell.date;
  }
  return bad('import_merged_cells', { range: cell.merged });
};

/** A binary fraction such as 0.1 + 0.2 as the decimal it stands for; one with really more digits stays and is refused. */
const tidy = (value: number, decimals: number): string => {
  const near = value.toFixed(decimals);
  return Math.abs(Number(near) - value) < 1e-9 ? near : String(value);
};

export type ReadCell = (cell: SheetCell) => Reading;

/** Reads a cell into a target by a rule: gaps by their reason first, then `default`, then the value. */
export const cellReader = (
  study: Study,
  target: Target,
  rule: ColumnRule,
  recordIdOf: RecordIdOf,
  everywhere: Readonly<Record<string, RecordedMissing>>,
): ReadCell => {
  const readText = textReader(study, target, rule, recordIdOf);
  const gaps = new Map(
    Object.entries({ ...everywhere, ...rule.missing }).map(([as, reason]) => [cleanWord(as), reason]),
  );
  const empty = rule.default === undefined ? EMPTY : readText(rule.default);
  return (cell) => {
    const taken = cellText(cell, target);
    if (typeof taken !== 'string') return taken;
    const word = gaps.size === 0 && taken !== '' ? taken : cleanWord(taken);
    const gap = gaps.get(word);
    if (gap !== undefined) return read({ missing: gap });
    return word.trim() === '' ? empty : readText(taken);
  };
};
