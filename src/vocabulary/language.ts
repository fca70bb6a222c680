/** The three languages of every screen, error and report. Order is the order in which a reader is offered them. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A reviewed text, or a draft that a native reviewer has still to approve (`{text, review: needed}` in a study file). */
export interface LabelText {
  readonly text: string;
  readonly review?: 'needed';
}
export type Label = Readonly<Record<Language, LabelText>>;

/** The label in a language. A draft is returned like a reviewed text; ask `needsReview` before printing it unmarked. */
export const labelText = (label: Label, language: Language): string => label[language].text;

export const needsReview = (label: Label, language: Language): boolean => label[language].review === 'needed';
