import type { Option } from './command.ts';

/** The key folder of the person who runs the command: never inside a data folder. */
export const KEYS: Option = { name: 'keys', kind: 'text', required: true, value: 'DIR' };
