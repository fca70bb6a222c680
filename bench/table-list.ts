/**
 * The tables of the study that count cards, as somebody who works in pandas or R would ask for them: one grouping a table,
 * with the amounts that the table prints and the counts of recorded values behind them. In the order of the study.
 */
export interface AskedTable {
  readonly by: readonly string[];
  /** Rows beside `counted`: one of the filters of the scripts. */
  readonly where?: 'organisation' | 'campaign' | 'without' | 'held' | 'prevented' | 'place_type' | 'group';
  readonly amounts: readonly string[];
}

const city = ['city', 'period'];
const period = ['period'];
const index = ['n', 's', 'u', 'auth', 'ip', 'i', 'ik', 'h', 'dk', 'cu', 'pm', 'pk', 'dm', 'duk'];
const detention = ['n', 'h', 'dk', 'd'];
const police = ['n', 'k', 'kk', 'kl', 'klk', 'kh', 'khk', 'km', 'kmed'];
const participants = ['n', 'p', 'pk', 'pl', 'plk', 'ph', 'phk', 'pm', 'pmed'];
const detained = ['d', 'dk', 'p', 'pk', 'dpd', 'dpn'];
const court = ['c', 'ck', 'd', 'dk', 'cdc', 'cdd'];
const n = ['n'];

export const ASKED: readonly AskedTable[] = [
  { by: city, amounts: n },
  { by: city, amounts: n },
  { by: city, amounts: n },
  { by: ['month'], amounts: ['n', 'p', 'pk'] },
  { by: ['unit', 'period'], amounts: ['n', 'p', 'pk', 'h', 'dk', 'd'] },
  { by: ['theme', 'period'], amounts: n },
  { by: ['theme', 'topic', 'period'], amounts: n },
  { by: period, amounts: ['ngo', 'ok'] },
  { by: ['organiser', 'period'], amounts: n },
  { by: ['organiser', 'period'], amounts: n },
  { by: ['organisation', 'period'], where: 'organisation', amounts: n },
  { by: ['campaign', 'month', 'period'], where: 'campaign', amounts: ['n', 'p', 'pk', 'h', 'dk'] },
  { by: ['form', 'period'], amounts: n },
  { by: ['form', 'period'], amounts: n },
  { by: city, amounts: ['n', 's', 'u', 'auth'] },
  { by: period, amounts: ['s', 'u', 'auth'] },
  { by: period, amounts: ['n', 's', 'u', 'auth'] },
  { by: ['reason', 'period'], where: 'without', amounts: n },
  { by: period, amounts: ['p1', 'p2', 'a1', 'a2', 'k1', 'k2'] },
  { by: period, amounts: ['u', 'ou', 'nu'] },
  { by: period, amounts: ['n', 'no', 'later', 'none'] },
  { by: city, amounts: ['p', 'pk', 'k', 'kk', 'ip', 'i', 'ik', 'per', 'lop', 'lon', 'hip', 'hin'] },
  { by: period, amounts: ['ip', 'i', 'ik'] },
  { by: city, amounts: police },
  { by: period, amounts: police },
  { by: city, amounts: detention },
  { by: period, amounts: detention },
  { by: ['issue', 'period'], where: 'held', amounts: n },
  { by: ['topic', 'period'], amounts: detention },
  { by: ['theme', 'period'], amounts: detention },
  { by: city, amounts: detained },
  { by: period, amounts: detained },
  { by: period, where: 'held', amounts: ['n', 'y', 'x'] },
  { by: period, amounts: ['by', 'byk'] },
  { by: period, amounts: ['u', 'cu', 'ck'] },
  { by: city, amounts: ['u', 'cu', 'ck'] },
  { by: period, amounts: court },
  { by: city, amounts: court },
  { by: period, where: 'prevented', amounts: ['n', 'pr', 'prk'] },
  { by: city, amounts: participants },
  { by: period, amounts: participants },
  { by: city, amounts: ['duk', 'dm', 'dmed'] },
  { by: period, amounts: ['duk', 'dm', 'dmed'] },
  { by: ['place_type', 'period'], where: 'place_type', amounts: n },
  { by: period, amounts: ['n', 'cities'] },
  { by: ['mode', 'period'], amounts: n },
  { by: period, amounts: index },
  { by: period, where: 'group', amounts: index },
  { by: city, amounts: index },
  { by: city, where: 'group', amounts: index },
  { by: period, amounts: ['n', 'single', 'pk'] },
];
