import { Link } from '@tanstack/react-router';
import type { WireStudy } from '../../../src/contract/index.ts';
import { LANGUAGES } from '../../../src/vocabulary/index.ts';
import { Answer, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { useLanguage, useWords } from '../words.tsx';

const Reports = ({ study }: { readonly study: WireStudy }) => {
  const say = useWords();
  const language = useLanguage();
  const periods = [...new Set(study.reports.map((r) => r.period))];
  const hrefOf = (period: string, lang: string, format: string): string =>
    study.reports.find((r) => r.period === period && r.language === lang && r.format === format)?.href ?? '#';
  const formats = [...new Set(study.reports.map((r) => r.format))].filter((f) => f !== 'html');
  return periods.map((period) => (
    <div key={period} className="report">
      <a className="read" href={hrefOf(period, language, 'html')}>
        {say('web.home.read', { period })}
      </a>
      <table className="plain">
        <caption>{say('web.home.formats')}</caption>
        <tbody>
          {LANGUAGES.map((l) => (
            <tr key={l}>
              <th scope="row" lang={l}>
                <a href={hrefOf(period, l, 'html')}>{say(`web.language.${l}`)}</a>
              </th>
              {formats.map((f) => (
                <td key={f}>
                  <a
                    href={hrefOf(period, l, f)}
                    aria-label={`${say(`web.language.${l}`)}, ${f.toUpperCase()}`}
                  >
                    {f.toUpperCase()}
                  </a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ));
};

/** What is here, with the report one click away. */
export const HomePage = () => {
  const say = useWords();
  const lang = useLanguage();
  const studies = useApi('studies', {});
  return (
    <>
      <Title>{say('web.home.title')}</Title>
      <p className="lead">{say('web.home.lead')}</p>
      <Answer of={studies}>
        {(found) =>
          found.map((study) => (
            <section key={study.id} className="study" aria-labelledby={`study-${study.id}`}>
              <h2 id={`study-${study.id}`}>{study.title}</h2>
              <p>{say('web.home.facts', { records: study.records, tables: study.tables })}</p>
              {study.reports.length === 0 ? null : <Reports study={study} />}
              <ul className="doors">
                {(['tables', 'crosstab', 'codebook', 'published'] as const).map((page) => (
                  <li key={page}>
                    <Link to={`/$lang/$study/${page}`} params={{ lang, study: study.id }}>
                      {say(`web.${page}.title`)}
                    </Link>
                    <span>{say(`web.${page}.about`)}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))
        }
      </Answer>
    </>
  );
};
