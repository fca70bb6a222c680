/** Letters that stand in both texts not further apart than half the longer one, less one (Jaro 1989). */
const commonLetters = (one: string, other: string): readonly [string, string] => {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set<number>();
  let inOne = '';
  for (let i = 0; i < one.length; i++)
    for (let j = Math.max(0, i - reach); j <= Math.min(other.length - 1, i + reach); j++)
      if (!taken.has(j) && one[i] === other[j]) {
        taken.add(j);
        inOne += one[i];
        break;
      }
  const inOther = [...taken].toSorted((a, b) => a - b).map((j) => other[j]);
  return [inOne, inOther.join('')];
};

/** Similarity of two words from 0 to 1 (Winkler 1990): the Jaro similarity, raised by a tenth for each of up to four first letters. */
export const jaroWinkler = (one: string, other: string): number => {
  if (one === other) return 1;
  const [inOne, inOther] = commonLetters(one, other);
  const m = inOne.length;
  if (m === 0) return 0;
  const moved = [...inOne].filter((letter, i) => letter !== inOther[i]).length / 2;
  const jaro = (m / one.length + m / other.length + (m - moved) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
};
