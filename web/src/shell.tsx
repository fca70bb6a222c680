import { getRouteApi, Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { Title } from './answer.tsx';
import { useApi } from './api.ts';
import { useCatalogue, useLanguage, useWords, Words } from './words.tsx';

const LanguageSwitch = () => {
  const say = useWords();
  const language = useLanguage();
  const { pathname, searchStr } = useLocation();
  const rest = pathname.replace(/^\/(kk|ru|en)/, '');
  return (
    <nav className="languages" aria-label={say('web.languages')}>
      {LANGUAGES.map((l) => (
        <a
          key={l}
          href={`/${l}${rest}${searchStr}`}
          lang={l}
          hrefLang={l}
          aria-current={l === language ? 'true' : undefined}
        >
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
        <Link
          key={page}
          to={`/$lang/$study/${page}`}
          params={{ lang, study }}
          activeOptions={{ includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {say(`web.${page}.title`)}
        </Link>
      ))}
    </nav>
  );
};

/** What a reader must not miss, on every page. */
const Marks = ({ synthetic }: { readonly synthetic: boolean }) => {
  const { say, draft } = useCatalogue();
  return (
    <div className="mark" role="note">
      <span>{say('report.mark.internal')}</span>
      {synthetic ? <span>{say('report.mark.synthetic')}</span> : null}
      {draft ? <span>{say('report.translation')}</span> : null}
    </div>
  );
};

/** After a change of page a keyboard and a screen reader start at its text, as after a load. */
const useFocusOnNewPage = () => {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
};

const Frame = () => {
  const say = useWords();
  const lang = useLanguage();
  const params = useParams({ strict: false });
  const { data } = useApi('studies', {});
  const study = params.study ?? data?.[0]?.id;
  const main = useFocusOnNewPage();
  return (
    <>
      <a className="skip" href="#main">
        {say('web.skip')}
      </a>
      <header>
        <Marks synthetic={data?.find((s) => s.id === study)?.synthetic ?? false} />
        <div className="top">
          <Link className="name" to="/$lang" params={{ lang }}>
            Baqylau
          </Link>
          {study === undefined ? null : <StudyNav study={study} />}
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
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

const route = getRouteApi('/$lang');

/** What stands around every page: marks, navigation, language. */
export const Shell = () => {
  const { catalogue } = route.useRouteContext();
  return (
    <Words catalogue={catalogue}>
      <Frame />
    </Words>
  );
};

/** An address of the site at which there is nothing. */
export const NotFound = () => {
  const say = useWords();
  const { pathname } = useLocation();
  return (
    <>
      <Title>{say('problem.not_found.says', { path: pathname })}</Title>
      <p>{say('problem.not_found.remedy', { path: pathname })}</p>
    </>
  );
};
