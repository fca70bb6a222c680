export interface NumberFormat {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: ' ' | '.' | ',' | "'" | undefined;
}

/** Plain decimal text (`-1234.50`) of a number as written, or undefined. Groups of thousands must be whole. */
export const plainNumber = (text: string, { decimal = '.', thousands }: NumberFormat): string | undefined => {
  const [whole = '', part, ...more] = text.split(decimal);
  if (more.length > 0 || (part !== undefined && !/^\d+$/.test(part))) return undefined;
  const grouped = thousands !== undefined && whole.includes(thousands);
  if (grouped && !/^[+-]?\d{1,3}(?:.\d{3})+$/u.test(whole)) return undefined;
  const digits = grouped ? whole.replaceAll(thousands, '') : whole;
  if (!/^[+-]?\d+$/.test(digits)) return undefined;
  const plain = digits.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
  return part === undefined ? plain : `${plain}.${part}`;
};

/** Decimal text with trailing zeros left out, if it needs no more digits after the point than allowed. */
export const withDecimals = (plain: string, decimals: number): string | undefined => {
  const [whole = '', part = ''] = plain.split('.');
  const kept = part.replace(/(?<!0)0+$/, '');
  if (kept.length > decimals) return undefined;
  return kept === '' ? whole : `${whole}.${kept}`;
};
