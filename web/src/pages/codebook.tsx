import { useParams, useSearch } from '@tanstack/react-router';
import type { WireCodebook } from '../../../src/contract/index.ts';
import { Answer, Draft, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { matches, SearchBox, useSearchText } from '../search-box.tsx';
import { Wide } from '../wide.tsx';
import { useWords } from '../words.tsx';

const Fields = ({ book, query }: { readonly book: WireCodebook; readonly query: string }) => {
  const say = useWords();
  return book.instruments.map((instrument) => {
    const fields = instrument.fields.filter((f) => matches(query, f.title, f.path, f.codeList ?? ''));
    return fields.length === 0 ? null : (
      <details key={instrument.id} className="instrument" open>
        <summary>
          <h2>{instrument.title}</h2>
        </summary>
        <Wide label={instrument.title}>
          <table className="counted fields">
            <thead>
              <tr>
                {(['field', 'meaning', 'type', 'class', 'codes'] as const).map((c) => (
                  <th key={c} scope="col">
                    {say(`web.codebook.${c}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map((f) => (
                <tr key={f.path}>
                  <th scope="row">
                    <code>{f.path}</code>
                  </th>
                  <td>
                    {f.title}
                    <Draft draft={f.draft} />
                    {f.hint === undefined ? null : <span className="hint">{f.hint}</span>}
                  </td>
                  <td>{say(`web.type.${f.type}`)}</td>
                  <td>{say(`web.class.${f.sensitivity}`)}</td>
                  <td>{f.codeList === undefined ? '' : <a href={`#list-${f.codeList}`}>{f.codeList}</a>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </details>
    );
  });
};

const Lists = ({ book, query }: { readonly book: WireCodebook; readonly query: string }) => {
  const say = useWords();
  const found = book.codeLists.filter((l) =>
    matches(query, l.title, l.id, ...l.codes.flatMap((c) => [c.code, c.text])),
  );
  return (
    <section>
      <h2>{say('web.codebook.lists')}</h2>
      {found.map((list) => (
        <details key={list.id} id={`list-${list.id}`} open={query.trim() !== ''}>
          <summary>
            {list.title} <code>{list.id}</code>
          </summary>
          <dl className="codes">
            {list.codes.map((c) => (
              <div key={c.code}>
                <dt>
                  <code>{c.code}</code>
                </dt>
                <dd>
                  {c.text}
                  <Draft draft={c.draft} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  );
};

/** What every field and code means, and who may read it. */
export const CodebookPage = () => {
  const say = useWords();
  const { study = '' } = useParams({ strict: false });
  const { q = '' } = useSearch({ from: '/$lang/$study/codebook' });
  const [query, deferred, setQuery] = useSearchText(q);
  const book = useApi('codebook', { study });
  return (
    <>
      <Title>{say('web.codebook.title')}</Title>
      <p className="lead">{say('web.codebook.about')}</p>
      <SearchBox label={say('web.codebook.search')} value={query} onChange={setQuery} />
      <Answer of={book}>
        {(found) => (
          <>
            <Fields book={found} query={deferred} />
            <Lists book={found} query={deferred} />
          </>
        )}
      </Answer>
    </>
  );
};
