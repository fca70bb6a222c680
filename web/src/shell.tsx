import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import type { WireStudy } from '../../src/contract/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { useApi } from './api.ts';
import { isLanguage, useLanguage, useWords, Words } from './words.tsx';

const LanguageSwitch = () => {
  const say = useWords();
  const language = useLanguage();
  const { pathname, searchStr } = useLocation();
  const rest = pathname.replace(/^\/(kk|ru|en)/, '');
  return (
    <nav className="languages" aria-label={say('web.languages')}>
      {LANGUAGES.map((l) => (
        <a key={l} href={`/${l}${rest}${searchStr}`} lang={l} hrefLang={l} aria-current={l === language ? 'true' : undefined}>
          {say(`web.language.${l}`)}
        </a>
      ))}
    </nav>
  );
};

const PAGES = ['tables', 'crosstab', 'codebook', 'published'] as const;

const StudyNav = ({ study }: { readonly study: string }) => {
  const say = useWords();
  const lang = useLanguage();
  return (
    <nav className="pages" aria-label={say('web.pages')}>
      {PAGES.map((page) => (
        <Link key={page} to={`/$lang/$study/${page}`} params={{ lang, study }} activeProps={{ 'aria-current': 'page' }}>
          {say(`web.${page}.title`)}
        </Link>
      ))}
    </nav>
  );
};

const Frame = () => {
  const say = useWords();
  const lang = useLanguage();
  const params = useParams({ strict: false });
  const { data } = useApi<readonly WireStudy[]>('studies', {});
  const study = params.study ?? data?.[0]?.id;
  return (
    <>
      <a className="skip" href="#main">
        {say('web.skip')}
      </a>
      <p className="mark" role="note">
        <span>{say('report.mark.internal')}</span> <span>{say('report.mark.synthetic')}</span>
      </p>
      <header className="top">
        <Link className="name" to="/$lang" params={{ lang }}>
          Baqylau
        </Link>
        {study === undefined ? null : <StudyNav study={study} />}
        <LanguageSwitch />
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="bottom">
        <p>
          {say('web.local')} <a href="/source">{say('web.source')}</a>
        </p>
      </footer>
    </>
  );
};

/** What stands around every page: marks, navigation, language. */
export const Shell = () => {
  const { lang = 'en' } = useParams({ strict: false });
  return (
    <Words language={isLanguage(lang) ? lang : 'en'}>
      <Frame />
    </Words>
  );
};
