import { openSync } from 'node:fs';
import { constants } from 'node:os';

/** What a program on a faulty disk (faulty-disk.c) can ask of it. */
export interface Fault {
  readonly what: 'write' | 'sync' | 'open';
  readonly error: 'ENOSPC' | 'EIO' | 'EROFS';
  /** 1 is the next one. */
  readonly countdown: number;
  /**
   * `once`; `stays` until the disk is well; `half` of the write arrives and then it stays; `retried`: a sync fails, is tried
   * again and then said to have worked, which is the control.
   */
  readonly how: 'once' | 'stays' | 'half' | 'retried';
}

/** Returns the answer of the disk, a yes or no. Throws when there is no faulty disk under this program. */
const tell = (command: string): boolean => {
  try {
    openSync(`@faulty-disk:${command}`, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (process.env['LD_PRELOAD'] !== undefined && (code === 'EEXIST' || code === 'ENOENT'))
      return code === 'EEXIST';
    throw error;
  }
  throw new Error('this program does not run on a faulty disk');
};

/** How a fault is told to faulty-disk.c. */
export const faultCommand = ({ what, error, countdown, how }: Fault): string =>
  `${what} ${constants.errno[error]} ${countdown} ${how}`;
export const failAt = (fault: Fault): void => void tell(faultCommand(fault));
export const disk = {
  /** Whether a write or the sync of a file has failed since `failAt`. */
  struck: (): boolean => tell('struck'),
  /** The disk works again from here on. Returns whether anything has failed. */
  well: (): boolean => tell('well'),
  /** Stands in the record of the disk between what was written before and after. */
  mark: (text: string): void => void tell(`mark ${text}`),
};
