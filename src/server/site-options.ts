import type { Messages } from '../vocabulary/index.ts';
import type { ServedStudy } from './served-study.ts';

/** What a site is made of. */
export interface SiteOptions {
  readonly studies: readonly ServedStudy[];
  readonly messages: Messages;
  /** Folder of the built browser app. */
  readonly app: string;
  /** Folder of this program, offered as source. */
  readonly program: string;
  /** Of the program, e.g. `0.1.0`. */
  readonly version: string;
}
