import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { createMessages, LANGUAGES, type Language, type MessageArguments } from '../../src/vocabulary/index.ts';
import en from '../../src/vocabulary/messages/en.yaml?raw';
import kk from '../../src/vocabulary/messages/kk.yaml?raw';
import ru from '../../src/vocabulary/messages/ru.yaml?raw';

/** The one message catalogue, bundled. */
const messages = createMessages({ kk, ru, en });

const LanguageContext = createContext<Language>('en');

export const isLanguage = (text: string): text is Language => LANGUAGES.some((l) => l === text);

/** The first language of the browser that we have. */
export const preferredLanguage = (): Language =>
  navigator.languages.map((l) => l.slice(0, 2)).find(isLanguage) ?? 'en';

/** Sets the language of everything inside, and of the page for screen readers. */
export const Words = ({ language, children }: { readonly language: Language; readonly children: ReactNode }) => {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
};

export const useLanguage = (): Language => useContext(LanguageContext);

/** `say('web.tables.title')`: a text of the catalogue in the language of the page. */
export const useWords = (): ((id: string, args?: MessageArguments) => string) => {
  const language = useLanguage();
  return (id, args) => messages(language, id, args);
};

/** Whether the catalogue has a text; for codes that the server sends. */
export const hasWords = (id: string): boolean => messages.has(id);
