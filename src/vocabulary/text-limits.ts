/**
 * What a text in YAML or JSON may cost to read (security plan 3.14; docs/adr/0012-limits.md). Ten times the largest file of
 * the built-in studies, and small enough that a text made as a weapon costs less than a second.
 */
export const YAML_LIMITS = {
  characters: 1_000_000,
  /** Marks, words and spaces, as the lexer counts them. */
  tokens: 150_000,
  depth: 64,
  /** Aliases are for short repetitions; a bomb expands them by the million. */
  aliases: 100,
} as const;

/** Of what is wrong with the syntax, the first so many are told. */
export const YAML_FAULTS_TOLD = 20;

export const JSON_LIMITS = { characters: 1_000_000, depth: 32 } as const;
export interface JsonLimits {
  readonly characters: number;
  readonly depth: number;
  /** Lists and objects; each costs far more memory than its two marks. */
  readonly tokens?: number;
}
