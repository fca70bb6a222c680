import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { LANGUAGES, type Language, type MessageArguments, messagesOf } from '../../src/vocabulary/index.ts';

/** The part of the one catalogue that the browser says, in one language. */
export interface Catalogue {
  readonly language: Language;
  readonly say: (id: string, args?: MessageArguments) => string;
  /** Some texts wait for a native reviewer. */
  readonly draft: boolean;
}

const files = {
  kk: () => import('../../src/vocabulary/messages/kk.yaml'),
  ru: () => import('../../src/vocabulary/messages/ru.yaml'),
  en: () => import('../../src/vocabulary/messages/en.yaml'),
} as const;

const loaded = new Map<Language, Catalogue>();

/** Loads the texts of a language, once. */
export const loadCatalogue = async (language: Language): Promise<Catalogue> => {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const { texts, draft } = await files[language]();
  const messages = messagesOf(new Map([[language, new Map(texts)]]));
  const catalogue: Catalogue = { language, say: (id, args) => messages(language, id, args), draft };
  loaded.set(language, catalogue);
  return catalogue;
};

const CatalogueContext = createContext<Catalogue | undefined>(undefined);

export const isLanguage = (text: string): text is Language => LANGUAGES.some((l) => l === text);

/** The first language of the browser that we have. */
export const preferredLanguage = (): Language =>
  navigator.languages.map((l) => l.slice(0, 2)).find(isLanguage) ?? 'en';

/** Sets the language of everything inside, and of the page for screen readers. */
export const Words = ({
  catalogue,
  children,
}: {
  readonly catalogue: Catalogue;
  readonly children: ReactNode;
}) => {
  useEffect(() => {
    document.documentElement.lang = catalogue.language;
  }, [catalogue]);
  return <CatalogueContext value={catalogue}>{children}</CatalogueContext>;
};

export const useCatalogue = (): Catalogue => {
  const catalogue = useContext(CatalogueContext);
  if (catalogue === undefined) throw new Error('words are used outside of <Words>');
  return catalogue;
};

export const useLanguage = (): Language => useCatalogue().language;

/** `say('web.tables.title')`: a text of the catalogue in the language of the page. */
export const useWords = (): Catalogue['say'] => useCatalogue().say;
