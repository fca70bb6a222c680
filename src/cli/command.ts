import { type Language, type Messages, ProblemError, problem } from '../vocabulary/index.ts';

/** Everything a command may do to the world. Passed in, so that a test can run a command against a folder of its own. */
export interface Effects {
  readonly messages: Messages;
  readonly language: Language;
  /** The result of the command: what a script reads. */
  readonly out: (text: string) => void;
  /** Progress and problems: what a person reads. */
  readonly note: (text: string) => void;
  readonly now: () => Date;
  readonly random: (bytes: number) => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks for something secret on the terminal, without echo. */
  readonly askSecret: (prompt: string) => Promise<string>;
  /** Resolves when the person stops the program; only `serve` and `start` wait for it. */
  readonly stopped: () => Promise<void>;
}

export interface Option {
  readonly name: string;
  readonly kind: 'text' | 'flag';
  readonly required?: boolean;
  readonly default?: string;
  /** What the value is, in the synopsis: DIR, FILE, ID. */
  readonly value?: string;
}

/**
 * One file a command. Its help comes from the catalogue: `cli.<key>.summary`, `cli.<key>.argument.<name>`,
 * `cli.<key>.option.<name>`, where key is the name with `_` for spaces.
 */
export interface Command {
  readonly name: string;
  readonly args: readonly { readonly name: string; readonly required: boolean }[];
  readonly options: readonly Option[];
  /** Resolves to the exit code. Expected failures are thrown as ProblemError. */
  readonly run: (input: Input, effects: Effects) => Promise<number>;
}

/** Parsed arguments: options by name, flags as 'true'. */
export interface Input {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export const commandKey = (name: string): string => name.replaceAll(' ', '_');

/** An option that the parser has checked to be there. */
export const required = (input: Input, name: string): string => {
  const value = input.options[name];
  if (value === undefined) throw new Error(`option ${name} is read but not declared required`);
  return value;
};

/** A comma-separated option as a list. */
export const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const isFlagged = (input: Input, name: string): boolean => input.options[name] === 'true';

/** One of the known values of an option. Throws ProblemError `option_value` that lists them. */
export const oneOf = <T extends string>(option: string, value: string, known: readonly T[]): T => {
  const found = known.find((k) => k === value);
  if (found !== undefined) return found;
  throw new ProblemError(problem('option_value', { option, value, known: known.join(', ') }));
};

export const DATA: Option = { name: 'data', kind: 'text', required: true, value: 'DIR' };
export const STUDIES: Option = { name: 'studies', kind: 'text', value: 'DIR' };
export const STUDY: Option = { name: 'study', kind: 'text', required: true, value: 'ID' };
export const PERIOD: Option = { name: 'period', kind: 'text', value: 'ID' };
