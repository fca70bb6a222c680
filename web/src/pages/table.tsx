import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Answer, DraftNote, Title } from '../answer.tsx';
import { addressOf, useApi } from '../api.ts';
import { Choice } from '../choice.tsx';
import { CountedTable } from '../counted-table.tsx';
import { withoutEmpty } from '../page-address.ts';
import { Picture } from '../picture.tsx';
import { useLanguage, useWords } from '../words.tsx';

/** One table: its numbers, its picture, its files. */
export const TablePage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const search = useSearch({ from: '/$lang/$study/table' });
  const { measure, period } = search;
  const cut = { measure, period };
  const table = useApi('table', { study, table: search.id }, cut);
  const change = (part: Partial<typeof search>): void =>
    void navigate({
      to: '/$lang/$study/table',
      params: { lang, study },
      search: withoutEmpty({ ...search, ...part }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      {table.isError ? <Title>{say('web.tables.title')}</Title> : null}
      <Answer of={table}>
        {(found) => (
          <>
            <Title>{found.title}</Title>
            <DraftNote draft={found.draft} />
            {found.definition === undefined ? null : <p className="lead">{found.definition}</p>}
            {found.measures.length === 0 && found.periods.length === 0 ? null : (
              <div className="filters">
                {found.measures.length === 0 ? null : (
                  <Choice
                    label={say('report.how.measure')}
                    value={measure ?? ''}
                    options={[
                      { value: '', text: say('web.table.all') },
                      ...found.measures.map((m) => ({ value: m.id, text: m.text })),
                    ]}
                    onChange={(next) => change({ measure: next, sort: '' })}
                  />
                )}
                {found.periods.length === 0 ? null : (
                  <Choice
                    label={say('web.table.period')}
                    value={period ?? ''}
                    options={[
                      { value: '', text: say('web.table.all') },
                      ...found.periods.map((p) => ({ value: p.id, text: p.text })),
                    ]}
                    onChange={(next) => change({ period: next, sort: '' })}
                  />
                )}
              </div>
            )}
            <div className="beside">
              <CountedTable
                table={found}
                sort={search.sort}
                onSort={(sort) => change({ sort: sort ?? '' })}
                renderCell={(cell) => (
                  <Link to="/$lang/$study/cell" params={{ lang, study }} search={{ address: cell.address }}>
                    {cell.text}
                  </Link>
                )}
              />
              <Picture
                figures={found.figures}
                kind={search.kind}
                onKind={(kind) => change({ kind })}
                from="tableFigure"
                params={{ study, table: found.id }}
                query={cut}
              />
            </div>
            <p className="files">
              <a href={addressOf('tableFile', { study, table: found.id, format: 'csv' }, { ...cut, lang })}>
                CSV
              </a>
              <a href={addressOf('tableFile', { study, table: found.id, format: 'xlsx' }, { ...cut, lang })}>
                XLSX
              </a>
              <code>{found.id}</code>
              <span className="note">{say('web.snapshot', { id: found.snapshot.slice(0, 12) })}</span>
            </p>
          </>
        )}
      </Answer>
    </>
  );
};
