import { describe, expect, test } from 'vitest';
import {
  ABSENT,
  COLUMNS,
  contrast,
  type Fill,
  hatched,
  INK,
  luminance,
  MUTED,
  RAMPS,
  SCALE,
  SERIES,
  textOn,
  WHITE,
  WITHHELD,
} from './palette.ts';

/** Perceived lightness, 0 to 100 (CIE 1976 L*): what is left of a colour in grey print. */
const lightness = (hex: string): number => {
  const y = luminance(hex);
  return y <= 0.008856 ? 903.3 * y : 116 * Math.cbrt(y) - 16;
};
const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

describe('grey print', () => {
  test.each(Object.entries(RAMPS))('the steps of %s grow darker by at least ten L* each', (_, ramp) => {
    const values = ramp.map(lightness);
    for (const [i, value] of values.slice(1).entries())
      expect((values[i] ?? 0) - value).toBeGreaterThanOrEqual(10);
  });
  test('fillings of parts differ by fifteen L* or by their texture', () => {
    const told = ([a, b]: [Fill, Fill]): boolean =>
      a.texture === undefined && b.texture === undefined
        ? Math.abs(lightness(a.ground) - lightness(b.ground)) >= 15
        : a.texture !== b.texture || a.ground !== b.ground;
    expect(pairs(SERIES).filter((pair) => !told(pair))).toEqual([]);
  });
  test.each(Object.entries(COLUMNS))('%s columns grow darker to the last', (_, fills) => {
    const values = fills.map(({ ground }) => lightness(ground));
    for (const [i, value] of values.slice(1).entries())
      expect((values[i] ?? 0) - value).toBeGreaterThanOrEqual(12);
  });
  test.each(Object.entries(SCALE))('no two of %s answers are alike in grey print', (_, fills) => {
    const apart = ([a, b]: [Fill, Fill]): boolean =>
      a.texture !== b.texture || Math.abs(lightness(a.ground) - lightness(b.ground)) >= 5;
    expect(pairs(fills).filter((pair) => !apart(pair))).toEqual([]);
  });
  test('the usual four answers differ by twelve L*', () => {
    for (const [a, b] of pairs(SCALE[4] ?? []))
      expect(Math.abs(lightness(a.ground) - lightness(b.ground))).toBeGreaterThanOrEqual(12);
  });
  test('a hatch keeps the lightness that tells the class', () => {
    const fill: Fill = { id: 'x', ground: RAMPS.high_is_bad[2] as string };
    expect(hatched(fill)).toMatchObject({ ground: fill.ground, texture: 'diagonal' });
  });
  test('what is withheld has a texture that no series has', () => {
    expect(SERIES.map(({ texture }) => texture)).not.toContain(WITHHELD.texture);
  });
});

describe('contrast', () => {
  test('words on the page are at least 4.5:1', () => {
    expect(contrast(INK, WHITE)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(MUTED, WHITE)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(MUTED, ABSENT.ground)).toBeGreaterThanOrEqual(4.5);
  });
  test('words on every filling are at least 4.5:1', () => {
    const grounds = [
      ...Object.values(RAMPS).flat(),
      ...[...SERIES, ...Object.values(SCALE).flat()]
        .filter((f) => f.texture === undefined)
        .map((f) => f.ground),
    ];
    for (const ground of grounds)
      expect([ground, contrast(textOn(ground), ground) >= 4.5]).toEqual([ground, true]);
  });
});

test('polarity does not turn a scale round: darker is more in every one, warm only where more is worse', () => {
  const warm = (hex: string) => Number.parseInt(hex.slice(1, 3), 16) > Number.parseInt(hex.slice(5, 7), 16);
  expect(RAMPS.high_is_bad.every(warm)).toBe(true);
  expect([...RAMPS.none, ...RAMPS.high_is_good].some(warm)).toBe(false);
});
