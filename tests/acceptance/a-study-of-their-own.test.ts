import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTerminal, type Outcome, type Terminal } from '../cli/a-terminal.ts';

const HEADER =
  'Номер;Дата;Город;Учреждение;Заключённых;Мест;Впустили;Жалобы;Длилось;Кто;Проверил;Имя жалобщика';
const ROWS = [
  '1;05.01.2019;Астана;Колония;1 200;1000;да;"Медицина, Питание";2:30;M-01;M-02;кто-то',
  '2;06.01.2019;Алматы;СИЗО;300;350;нет;;0:10;M-02;M-01;',
  '3;07.01.2019;Шымкент;Колония;н/д;;да;Пытки;1:00;M-01;M-02;',
];

describe('an organisation that visits prisons, with a study of its own and a spreadsheet', () => {
  let terminal: Terminal;
  const study = (...argv: string[]): Promise<Outcome> =>
    terminal.run(...argv, '--studies', terminal.path('studies'));
  const cell = (address: string): Promise<Outcome> =>
    study('cell', address, '--records', '--study', 'prison_visits', '--data', terminal.path('data'));

  beforeAll(async () => {
    terminal = aTerminal();
    const studies = terminal.copy(join(import.meta.dirname, 'studies'), 'studies');
    terminal.write('visits.csv', [HEADER, ...ROWS].join('\n'));
    await terminal.run('init', '--data', terminal.path('data'), '--org', 'visitors');
    const mapping = join(studies, 'prison_visits.mapping.yaml');
    const imported = await study(
      'import',
      mapping,
      terminal.path('visits.csv'),
      '--data',
      terminal.path('data'),
    );
    if (imported.code !== 0) throw new Error(imported.note);
  });
  afterAll(() => terminal.close());

  it('has its study checked', async () => {
    const { code, note } = await terminal.run('study', 'check', terminal.path('studies/prison_visits'));
    expect({ code, note }).toEqual({ code: 0, note: '' });
  });
  it('reads its tables', async () => {
    const { code, out } = await study(
      'table',
      '--all',
      '--study',
      'prison_visits',
      '--data',
      terminal.path('data'),
    );
    expect(code).toBe(0);
    expect(out).toContain('| Total | 3 | 1500 | 1.11 | 0.25 |');
    expect(out).toContain('| Torture | 1 |');
  });
  it.each([
    ['pv.by_facility/colony/2019/n', '2 (visits)'],
    ['pv.by_facility/colony/2019/fill', '1.20 (ratio)'],
    ['pv.by_facility/colony/2019/rate', '0.17 (visits per month)'],
    ['pv.complaints/torture/2019/n', '1 (complaints)'],
  ])('is told how %s was made, in its own units', async (address, value) => {
    const { code, out } = await cell(address);
    expect(code).toBe(0);
    expect(out).toContain(`${address} = ${value}`);
  });
  it('the column of names is nowhere in the data folder', () => {
    expect(terminal.read('data/log.db')).not.toContain('кто-то');
    expect(terminal.read('data/log.db')).toContain('facility');
  });
});
