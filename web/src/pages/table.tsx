import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { WireTable } from '../../../src/contract/index.ts';
import { Answer, Title } from '../answer.tsx';
import { addressOf, useApi } from '../api.ts';
import { CountedTable, nextSort } from '../counted-table.tsx';
import { Picture } from '../picture.tsx';
import { useLanguage, useWords } from '../words.tsx';

/** `3d`: fourth column, descending. */
const readSort = (text: string) => {
  const match = /^(\d+)([ad])$/.exec(text);
  return match === null ? undefined : { column: Number(match[1]), descending: match[2] === 'd' };
};

/** One table: its numbers, its picture, its files. */
export const TablePage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const search = useSearch({ from: '/$lang/$study/table' });
  const table = useApi<WireTable>('table', { study, table: search.id });
  const sort = readSort(search.sort);
  const change = (part: Partial<typeof search>): void =>
    void navigate({ to: '/$lang/$study/table', params: { lang, study }, search: { ...search, ...part }, replace: true });
  return (
    <Answer of={table}>
      {(found) => (
        <>
          <Title>{found.title}</Title>
          {found.definition === undefined ? null : <p className="lead">{found.definition}</p>}
          <p className="files">
            <code>{found.id}</code>
            <a href={addressOf('tableFile', { study, table: found.id, format: 'csv' }, { lang })}>CSV</a>
            <a href={addressOf('tableFile', { study, table: found.id, format: 'xlsx' }, { lang })}>XLSX</a>
          </p>
          <CountedTable
            table={found}
            sort={sort}
            onSort={(column) => {
              const next = nextSort(sort, column);
              change({ sort: next === undefined ? '' : `${next.column}${next.descending ? 'd' : 'a'}` });
            }}
            cellLink={(cell) => (
              <Link to="/$lang/$study/cell" params={{ lang, study }} search={{ address: cell.address, from: 0 }}>
                {cell.text}
              </Link>
            )}
          />
          <Picture
            kinds={found.figures}
            kind={search.kind}
            onKind={(kind) => change({ kind })}
            addressOf={(kind, width) => addressOf('tableFigure', { study, table: found.id }, { lang, kind, width })}
            title={found.title}
          />
          <p className="note">{say('web.snapshot', { id: found.snapshot.slice(0, 12) })}</p>
        </>
      )}
    </Answer>
  );
};
