import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Answer, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { CellDetail } from '../cell-detail.tsx';
import { crossTabQuery } from '../cross-tab-query.ts';
import { useLanguage, useWords } from '../words.tsx';

/** How one number of a table was made, with the records behind it. */
export const CellPage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const search = useSearch({ from: '/$lang/$study/cell' });
  const detail = useApi('cell', { study }, search);
  return (
    <>
      <Title>{say('report.how.one')}</Title>
      <Answer of={detail}>
        {(found) => (
          <>
            <p>
              ←{' '}
              <Link to="/$lang/$study/table" params={{ lang, study }} search={{ id: found.table }}>
                {found.title}
              </Link>
            </p>
            <CellDetail
              detail={found}
              onPage={(from) =>
                void navigate({
                  to: '/$lang/$study/cell',
                  params: { lang, study },
                  search: { ...search, from: String(from) },
                  resetScroll: false,
                })
              }
            />
          </>
        )}
      </Answer>
    </>
  );
};

/** The same for a number of a cross-tab. */
export const CrossTabCellPage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const { address, from, ...search } = useSearch({ from: '/$lang/$study/crosstab/cell' });
  const detail = useApi('crossTabCell', { study }, { ...crossTabQuery(search), address, from });
  return (
    <>
      <Title>{say('report.how.one')}</Title>
      <Answer of={detail}>
        {(found) => (
          <>
            <p>
              ←{' '}
              <Link to="/$lang/$study/crosstab" params={{ lang, study }} search={search}>
                {found.title}
              </Link>
            </p>
            <CellDetail
              detail={found}
              onPage={(next) =>
                void navigate({
                  to: '/$lang/$study/crosstab/cell',
                  params: { lang, study },
                  search: { ...search, address, from: String(next) },
                  resetScroll: false,
                })
              }
            />
          </>
        )}
      </Answer>
    </>
  );
};
