import { EVIDENCE, REVIEW } from '../study/index.ts';
import { type EvidenceState, type Label, RECORDED_MISSING, type ReviewState } from '../vocabulary/index.ts';
import { TOTAL } from './cell.ts';
import { missingCode } from './coded-column.ts';

/**
 * Codes that every table may have, with their labels. They are data of the table and travel with it (JSON, workbook,
 * public site), where no message catalogue follows; a test holds them equal to the catalogue's words where both exist.
 */
const label = (kk: string, ru: string, en: string): Label => ({
  kk: { text: kk },
  ru: { text: ru },
  en: { text: en },
});
const draft = (kk: string, ru: string, en: string): Label => ({
  ...label(kk, ru, en),
  kk: { text: kk, review: 'needed' },
});

export const OTHER = 'other';

export const RESERVED_LABELS: ReadonlyMap<string, Label> = new Map([
  [TOTAL, label('Барлығы', 'Всего', 'Total')],
  [OTHER, label('Басқа', 'Иное', 'Other')],
  ['true', label('иә', 'да', 'yes')],
  ['false', label('жоқ', 'нет', 'no')],
  [missingCode('not_recorded'), draft('тіркелмеген', 'не зафиксировано', 'not recorded')],
  [missingCode('not_asked'), label('сұралмаған', 'не спрашивали', 'not asked')],
  [missingCode('refused'), draft('жауап беруден бас тартты', 'отказ от ответа', 'refused')],
  [missingCode('in_conflict'), draft('қайшылық бар', 'противоречие', 'in conflict')],
  [missingCode('sealed'), label('мөрленген', 'запечатано', 'sealed')],
]);

export const DIMENSION_LABELS: ReadonlyMap<string, Label> = new Map([
  ['period', label('Кезең', 'Период', 'Period')],
  ['unit', label('Өңір', 'Регион', 'Region')],
  ['year', label('Жыл', 'Год', 'Year')],
  ['quarter', label('Тоқсан', 'Квартал', 'Quarter')],
  ['month', label('Ай', 'Месяц', 'Month')],
  ['evidence', draft('Дәлелділік', 'Доказанность', 'Evidence')],
  ['review', draft('Тексеру', 'Проверка', 'Review')],
]);

/** What the states are called that every record has (methodology 2.4), by the list that they are codes of. */
export const STATE_LABELS: ReadonlyMap<string, Readonly<Record<string, Label>>> = new Map([
  [
    EVIDENCE,
    {
      unverified: draft('Тексерілмеген', 'Не проверено', 'Unverified'),
      single_source: draft('Бір дереккөз', 'Один источник', 'Single source'),
      corroborated: draft('Бекітілген', 'Подкреплено', 'Corroborated'),
      verified: draft('Тексерілген', 'Проверено', 'Verified'),
      disputed: draft('Даулы', 'Спорно', 'Disputed'),
      refuted: draft('Жоққа шығарылған', 'Опровергнуто', 'Refuted'),
    } satisfies Readonly<Record<EvidenceState, Label>>,
  ],
  [
    REVIEW,
    {
      submitted: draft('Жіберілген', 'Сдано', 'Submitted'),
      asked_back: draft('Сұрақпен қайтарылған', 'Возвращено с вопросом', 'Asked back'),
      verified: draft('Екінші адам тексерген', 'Проверено вторым человеком', 'Checked by a second person'),
      excluded: draft('Алынып тасталған', 'Исключено', 'Excluded'),
      merged: draft('Біріктірілген', 'Объединено', 'Merged'),
    } satisfies Readonly<Record<ReviewState, Label>>,
  ],
]);

/** The same text in every language: codes and identifiers that no list explains. */
export const plainLabel = (text: string): Label => label(text, text, text);

const GAP_CODES: ReadonlySet<string> = new Set(RECORDED_MISSING.map(missingCode));
/** A code that stands for a gap: the row says why the answer is not there. */
export const isGapCode = (code: string): boolean => GAP_CODES.has(code);

/** Breaks that no study file declares: a mark printed with the number, and periods of unequal length. */
export const PANEL_BREAK = {
  source_panel: draft(
    'Жарияланым үзілісті белгілеген',
    'Разрыв отмечен в публикации',
    'The publication marks a break here',
  ),
  unequal_period: draft('Кезеңдердің ұзақтығы әртүрлі', 'Периоды разной длины', 'Periods of unequal length'),
} as const;
