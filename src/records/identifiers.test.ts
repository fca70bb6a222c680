import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Hmac, recordIdForImport, uuid7, uuid8 } from './identifiers.ts';

const hmacWith =
  (key: string): Hmac =>
  (bytes) =>
    createHmac('sha256', key).update(bytes).digest();

describe('entry ids', () => {
  it('are UUID version 7: RFC 9562, appendix A.6', () => {
    const random = Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex');
    expect(uuid7({ clock: () => 0x017f22e279b0, random: () => random })).toBe(
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    );
  });
  it('rise with the clock', () => {
    const at = (ms: number): string => uuid7({ clock: () => ms, random: (n) => new Uint8Array(n).fill(255) });
    expect([at(2 ** 40), at(1000), at(1001)].sort()).toEqual([at(1000), at(1001), at(2 ** 40)]);
  });
});

describe('record ids of an import', () => {
  const idOf = (
    key: readonly string[],
    more: { study?: string; instrument?: string; occurrence?: number; secret?: string } = {},
  ): string =>
    recordIdForImport(
      hmacWith(more.secret ?? 'k'),
      more.study ?? 's',
      more.instrument ?? 'i',
      key,
      more.occurrence,
    );
  it('are UUID version 8', () => {
    expect(idOf(['1'])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it('are the same for the same row', () => {
    expect(idOf(['1', 'а'])).toBe(idOf(['1', 'а']));
  });
  it('differ with every part, and parts do not run together', () => {
    const ids = [
      idOf(['1', '2']),
      idOf(['12']),
      idOf(['1', '2'], { study: 't' }),
      idOf(['1', '2'], { instrument: 'j' }),
      idOf(['1', '2'], { occurrence: 1 }),
      idOf(['1', '2'], { secret: 'other' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('need 16 bytes', () => {
    expect(() => uuid8(new Uint8Array(15))).toThrow(RangeError);
  });
});
