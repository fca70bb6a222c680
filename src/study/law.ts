import type { Label } from '../vocabulary/index.ts';

/** A legal regime with the time it was in force (methodology 8.2). */
export interface LegalRegime {
  readonly id: string;
  readonly label: Label;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly source?: string;
}

/** The monthly calculation index (MCI, tenge) from a day on; fines are set in it. */
export interface MciValue {
  readonly from: string;
  readonly to?: string;
  readonly tenge: number;
  readonly source: string;
}
