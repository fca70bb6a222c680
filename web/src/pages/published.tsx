import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Comparison } from '../../../src/checker/index.ts';
import { Answer, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { hasWords, useLanguage, useWords } from '../words.tsx';

const VERDICTS = ['equal', 'publication_inconsistent', 'not_reproducible', 'no_records', 'not_a_statistic'] as const;
const COLUMNS = ['table', 'row', 'column', 'period', 'published', 'ours', 'verdict', 'reason'] as const;

const Witness = ({ of }: { readonly of: Comparison }) => {
  const say = useWords();
  const { witness } = of;
  if (witness === undefined) return null;
  const rule = hasWords(`published.rule.${witness.kind}`) ? say(`published.rule.${witness.kind}`) : witness.rule;
  const values = witness.addresses.map((a, i) => `${a} = ${witness.values[i] ?? ''}`).join('; ');
  return <span className="hint">{say('published.witness', { rule, values, expected: witness.expected })}</span>;
};

const Row = ({ of, study }: { readonly of: Comparison; readonly study: string }) => {
  const say = useWords();
  const lang = useLanguage();
  return (
    <tr>
      <th scope="row">
        {of.address === undefined || of.basis !== 'records' ? (
          of.table
        ) : (
          <Link to="/$lang/$study/cell" params={{ lang, study }} search={{ address: of.address, from: 0 }}>
            {of.table}
          </Link>
        )}
      </th>
      <td>{of.row}</td>
      <td>{of.column}</td>
      <td>{of.period}</td>
      <td className="number">{of.published}</td>
      <td className="number">{hasWords(`missing.${of.ours}`) ? say(`missing.${of.ours}`) : of.ours}</td>
      <td className={`verdict ${of.verdict}`}>{say(`published.verdict.${of.verdict}`)}</td>
      <td>
        {of.reason === '' ? '' : say(`published.reason.${of.reason}`)}
        <Witness of={of} />
      </td>
    </tr>
  );
};

/** Numbers that an earlier report printed beside ours, with a verdict for each. */
export const PublishedPage = () => {
  const say = useWords();
  const { study = '' } = useParams({ strict: false });
  const [verdict, setVerdict] = useState('publication_inconsistent');
  const [query, setQuery] = useState('');
  const found = useApi<readonly Comparison[]>('published', { study });
  return (
    <>
      <Title>{say('web.published.title')}</Title>
      <p className="lead">{say('published.note')}</p>
      <Answer of={found}>
        {(all) => {
          const shown = all.filter(
            (c) => (verdict === '' || c.verdict === verdict) && `${c.table} ${c.row} ${c.column} ${c.period}`.includes(query.trim().toLowerCase()),
          );
          return (
            <>
              <div className="filters">
                <label>
                  {say('cli.published_compare.column.verdict')}
                  <select value={verdict} onChange={(e) => setVerdict(e.target.value)}>
                    <option value="">{say('web.published.all', { n: all.length })}</option>
                    {VERDICTS.map((v) => (
                      <option key={v} value={v}>
                        {`${say(`published.verdict.${v}`)} (${all.filter((c) => c.verdict === v).length})`}
                      </option>
                    ))}
                  </select>
                </label>
                <label>
                  {say('web.published.search')}
                  <input type="search" value={query} onChange={(e) => setQuery(e.target.value)} />
                </label>
              </div>
              <p role="status">{say('web.tables.found', { n: shown.length, all: all.length })}</p>
              <div className="wide" role="region" aria-label={say('web.published.title')} tabIndex={0}>
                <table className="counted">
                  <thead>
                    <tr>
                      {COLUMNS.map((c) => (
                        <th key={c} scope="col">
                          {say(`cli.published_compare.column.${c}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((c) => (
                      <Row key={`${c.table}/${c.row}/${c.column}/${c.period}/${c.published}/${c.source_table}`} of={c} study={study} />
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          );
        }}
      </Answer>
    </>
  );
};
