import { element } from './svg.ts';

/**
 * Colours: one blue for amounts, steps ordered by lightness so that they stay apart in grey print and for every kind of
 * colour blindness; warm steps only where more is worse. Text is at least 4.5:1 on its ground (WCAG 2.2, 1.4.3).
 */
export const INK = '#1f2933';
export const MUTED = '#52606d';
export const RULE = '#d3d9df';
export const WHITE = '#ffffff';
export const ACCENT = '#1f6091';
export const NEUTRAL = '#6b7785';

export type Polarity = 'high_is_bad' | 'high_is_good' | 'none';

/** Light to dark: darker is always more. Warm: more is worse. Green: more is better. Blue: neither. */
export const RAMPS: Readonly<Record<Polarity, readonly string[]>> = {
  none: ['#e6f0f7', '#b5d3e7', '#79abd0', '#2f77aa', '#0b3f6b'],
  high_is_bad: ['#fcefe3', '#f5cda6', '#e39a5b', '#b75d1d', '#702b06'],
  high_is_good: ['#e9f6f3', '#b3ddd5', '#6fb8ac', '#2f8375', '#0a4a40'],
};

/** `count` steps of a ramp, as far apart as it allows. */
export const steps = (polarity: Polarity, count: number): readonly string[] => {
  const ramp = RAMPS[polarity];
  if (count === 1) return [ramp[2] as string];
  return Array.from(
    { length: count },
    (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (count - 1))] as string,
  );
};

const channel = (hex: string, at: number): number => {
  const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2). */
export const luminance = (hex: string): number =>
  0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);

export const contrast = (a: string, b: string): number => {
  const [la, lb] = [luminance(a), luminance(b)];
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
};

/** Ink or white, whichever is read better on a ground. */
export const textOn = (ground: string): string =>
  contrast(INK, ground) >= contrast(WHITE, ground) ? INK : WHITE;

/** A filling: a ground, and a texture where lightness alone would not tell it from another. */
export interface Fill {
  readonly id: string;
  readonly ground: string;
  readonly texture?: 'diagonal' | 'dots' | 'grid' | 'lines' | 'back';
  readonly ink?: string;
}

const [DARK, MIDDLE, LIGHT, PALE] = ['#0b3f6b', '#2f77aa', '#a3cae3', '#e9f1f7'] as const;

/** Parts of a whole, in order: four steps of lightness, then textures. */
export const SERIES: readonly Fill[] = [
  { id: 'dark', ground: DARK },
  { id: 'middle', ground: MIDDLE },
  { id: 'light', ground: LIGHT },
  { id: 'pale', ground: PALE },
  { id: 'diagonal', ground: WHITE, texture: 'diagonal', ink: DARK },
  { id: 'dots', ground: MIDDLE, texture: 'dots', ink: WHITE },
  { id: 'grid', ground: WHITE, texture: 'grid', ink: MIDDLE },
  { id: 'lines', ground: DARK, texture: 'lines', ink: WHITE },
  { id: 'specks', ground: WHITE, texture: 'dots', ink: DARK },
  { id: 'bands', ground: LIGHT, texture: 'lines', ink: DARK },
];

/**
 * Answers of an ordered scale, by how many there are: greys on the lower side, blues on the upper, neither of them good or
 * bad. No two are alike in grey print.
 */
export const SCALE: Readonly<Record<number, readonly Fill[]>> = (() => {
  const fill = (ground: string): Fill => ({ id: ground.slice(1), ground });
  const [grey, silver, sky, navy] = ['#68727e', '#dde1e5', '#86b3d6', '#0b3f6b'].map(fill) as [
    Fill,
    Fill,
    Fill,
    Fill,
  ];
  const middle: Fill = { id: 'between', ground: WHITE, texture: 'dots', ink: NEUTRAL };
  const [ash, blue] = [fill('#a3abb4'), fill('#1f6091')];
  return {
    2: [silver, navy],
    3: [silver, middle, navy],
    4: [grey, silver, sky, navy],
    5: [grey, silver, middle, sky, navy],
    6: [grey, ash, silver, fill('#b5d3e7'), blue, navy],
    7: [grey, ash, silver, middle, fill('#b5d3e7'), blue, navy],
  };
})();

/** Bands of a flow picture: neighbours differ in lightness. Where a band leads is seen, and named, at its end. */
export const BANDS: readonly string[] = ['#0b3f6b', '#86b3d6', '#68727e', '#2f77aa', '#a3abb4', '#155a8a'];

/** Earlier columns lighter, the last one (what the reader asks for) in full. */
export const COLUMNS: Readonly<Record<number, readonly Fill[]>> = {
  1: [{ id: 'accent', ground: ACCENT }],
  2: [
    { id: 'earlier', ground: LIGHT },
    { id: 'accent', ground: ACCENT },
  ],
  3: [
    { id: 'pale', ground: '#dbe8f2' },
    { id: 'middle', ground: '#86b3d3' },
    { id: 'accent', ground: ACCENT },
  ],
  4: [
    { id: 'pale', ground: '#e2edf5' },
    { id: 'light', ground: '#a8cbe2' },
    { id: 'middle', ground: '#5d98c2' },
    { id: 'full', ground: '#0f4a79' },
  ],
};

/** Withheld: grey, hatched the other way than any series. */
export const WITHHELD: Fill = { id: 'withheld', ground: '#eef0f2', texture: 'back', ink: '#8a95a1' };
/** No value for another reason: a light ground with a broken outline. */
export const ABSENT: Fill = { id: 'absent', ground: '#f7f8f9' };

/** The same filling hatched: its value rests on few persons. Lightness, and with it the class, stays. */
export const hatched = (fill: Fill): Fill => ({
  ...fill,
  id: `${fill.id}-few`,
  texture: 'diagonal',
  ink: textOn(fill.ground) === WHITE ? '#d3d9df' : '#8a95a1',
});

/** What words on a texture stand on; undefined where there is no texture. */
export const quietGround = (fill: Fill): string | undefined =>
  fill === WITHHELD ? ABSENT.ground : fill.texture === undefined ? undefined : fill.ground;

const strokes: Readonly<Record<NonNullable<Fill['texture']>, string>> = {
  diagonal: 'M-1.5 1.5l3 -3M0 6l6 -6M4.5 7.5l3 -3',
  back: 'M-1.5 4.5l3 3M0 0l6 6M4.5 -1.5l3 3',
  lines: 'M0 1.5h6M0 4.5h6',
  grid: 'M0 3h6M3 0v6',
  dots: '',
};

/** The `fill` attribute of a filling; its pattern is collected in `definitions` under the id. */
export const paint = (
  id: string,
  { id: name, ground, texture, ink }: Fill,
  definitions: Map<string, string>,
): string => {
  if (texture === undefined) return ground;
  const key = `${id}-${name}`;
  const mark =
    texture === 'dots'
      ? element('circle', { cx: 1.5, cy: 1.5, r: 1.1, fill: ink }) +
        element('circle', { cx: 4.5, cy: 4.5, r: 1.1, fill: ink })
      : element('path', { d: strokes[texture], stroke: ink, 'stroke-width': 1.2, fill: 'none' });
  const tile = element('rect', { width: 6, height: 6, fill: ground });
  definitions.set(
    key,
    element('pattern', { id: key, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, tile, mark),
  );
  return `url(#${key})`;
};

/** Outline of a filling too light to stand out from the page. */
export const outline = ({ ground }: Fill): string | undefined =>
  contrast(ground, WHITE) < 3 ? '#5b7f99' : undefined;
