import type { WireCellDetail } from '../../src/contract/index.ts';
import { hasWords, useWords } from './words.tsx';

const Fact = ({ name, children }: { readonly name: string; readonly children: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Rows = ({ detail, onPage }: { readonly detail: WireCellDetail; readonly onPage: (from: number) => void }) => {
  const say = useWords();
  const { total, from, columns, rows } = detail.rows;
  if (total === 0) return null;
  const last = from + rows.length;
  return (
    <section aria-labelledby="rows-behind">
      <h2 id="rows-behind">{say('web.cell.rows', { n: total })}</h2>
      <p className="note">{say('web.cell.rows_about')}</p>
      <div className="wide" role="region" aria-labelledby="rows-behind" tabIndex={0}>
        <table className="counted rows">
          <thead>
            <tr>
              <th scope="col">{say('web.cell.record')}</th>
              <th scope="col" className="number">
                {say('report.how.numerator')}
              </th>
              <th scope="col" className="number">
                {say('report.how.denominator')}
              </th>
              {columns.map((c) => (
                <th key={c.path} scope="col">
                  {c.title}
                </th>
              ))}
              <th scope="col">{say('web.cell.revision')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r, i) => (
              <tr key={`${r.recordId}/${from + i}`}>
                <th scope="row">
                  <code>{r.recordId.slice(-12)}</code>
                </th>
                <td className="number">{r.numerator}</td>
                <td className="number">{r.denominator}</td>
                {r.values.map((v, at) => (
                  <td key={columns[at]?.path}>{v}</td>
                ))}
                <td>
                  <code>{r.revision.slice(0, 12)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total <= rows.length ? null : (
        <p className="pager">
          <button type="button" disabled={from === 0} onClick={() => onPage(Math.max(0, from - 50))}>
            {say('web.cell.back')}
          </button>
          <span>{say('web.cell.shown', { from: from + 1, to: last, all: total })}</span>
          <button type="button" disabled={last >= total} onClick={() => onPage(last)}>
            {say('web.cell.next')}
          </button>
        </p>
      )}
    </section>
  );
};

/** How a number was made: definition, parts, base, origin, and the records behind it. */
export const CellDetail = ({ detail, onPage }: { readonly detail: WireCellDetail; readonly onPage: (from: number) => void }) => {
  const say = useWords();
  return (
    <>
      <p className="figure">
        {detail.text} <span>{detail.unit}</span>
      </p>
      <dl className="facts">
        <Fact name={say('report.how.measure')}>{detail.measure}</Fact>
        {detail.where.map((w) => (
          <Fact key={w.title} name={w.title}>
            {w.text}
          </Fact>
        ))}
        {detail.definition === undefined ? null : <Fact name={say('report.definition')}>{detail.definition}</Fact>}
        {detail.numerator === undefined ? null : <Fact name={say('report.how.numerator')}>{detail.numerator}</Fact>}
        {detail.denominator === undefined ? null : <Fact name={say('report.how.denominator')}>{detail.denominator}</Fact>}
        <Fact name={say('report.how.origin')}>
          {detail.origin === 'computed' ? say('report.how.origin_computed') : say('report.how.origin_published')}
        </Fact>
        {detail.source === undefined ? null : <Fact name={say('report.how.published_in')}>{detail.source}</Fact>}
        {detail.origin === 'published' ? null : <Fact name={say('report.how.records')}>{String(detail.n)}</Fact>}
        {detail.nMissing === 0 ? null : <Fact name={say('report.how.left_out')}>{String(detail.nMissing)}</Fact>}
        {detail.flags.length === 0 ? null : (
          <Fact name={say('report.how.flags')}>
            {detail.flags.map((f) => (hasWords(`report.flag.${f}`) ? say(`report.flag.${f}`) : f)).join('; ')}
          </Fact>
        )}
        <Fact name={say('report.how.snapshot')}>{detail.snapshot}</Fact>
        <Fact name={say('report.how.address')}>{detail.address}</Fact>
      </dl>
      <Rows detail={detail} onPage={onPage} />
    </>
  );
};
