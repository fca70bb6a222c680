import { builtInStudies } from '../workspace/index.ts';
import type { Input } from './command.ts';

/** The built-in packages, and the organisation's own where `--studies` names a folder. */
export const studyFolders = ({ options }: Input): readonly string[] =>
  options['studies'] === undefined ? [builtInStudies()] : [builtInStudies(), options['studies']];
