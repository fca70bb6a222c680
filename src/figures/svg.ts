/** SVG as text. Same input, same bytes: coordinates keep two decimals, attributes their order. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML text or attribute value. Control characters are not XML and are left out. */
export const escapeXml = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n]|\ufffe|\uffff/gu, '').replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

/** A coordinate: two decimals, no `-0`, no exponent. */
export const coordinate = (value: number): string => String(Math.round(value * 100) / 100 + 0);

export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeXml(String(value))}"`,
    )
    .join('');
  const inside = children.join('');
  return inside === '' ? `<${name}${list}/>` : `<${name}${list}>${inside}</${name}>`;
};

/** The face of all figures, with every Kazakh letter; other faces only where it is not installed. */
export const FONT_FAMILY = "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export interface TextStyle {
  readonly size: number;
  readonly weight?: 400 | 700;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line of text; `y` is its baseline. */
export const textAt = (
  x: number,
  y: number,
  content: string,
  { size, weight, fill, anchor }: TextStyle,
): string =>
  element(
    'text',
    {
      x,
      y,
      'font-size': size,
      'font-weight': weight === 700 ? 700 : undefined,
      fill,
      'text-anchor': anchor === 'start' ? undefined : anchor,
    },
    escapeXml(content),
  );

/** Distance from the middle of a line of figures or capitals to its baseline, in ems (Noto Sans: capitals are 0.714 em). */
export const MIDDLE = 0.357;
/** From one baseline to the next, in ems. */
export const LEADING = 1.25;

/** Lines of text around a vertical middle. */
export const textBlock = (x: number, middle: number, lines: readonly string[], style: TextStyle): string =>
  lines
    .map((line, i) => {
      const offset = (i - (lines.length - 1) / 2) * LEADING * style.size;
      return textAt(x, middle + offset + MIDDLE * style.size, line, style);
    })
    .join('');

export interface SvgDocument {
  /** Starts the ids in the picture, so that several can stand in one page. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly definitions: readonly string[];
}

/** A complete picture on white, with its text alternative inside. */
export const svgDocument = (
  { id, width, height, title, description, definitions }: SvgDocument,
  body: string,
): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      'font-family': FONT_FAMILY,
    },
    element('title', { id: `${id}-title` }, escapeXml(title)),
    element('desc', { id: `${id}-desc` }, escapeXml(description)),
    ...(definitions.length === 0 ? [] : [element('defs', {}, ...definitions)]),
    element('rect', { width, height, fill: '#ffffff' }),
    body,
  );
