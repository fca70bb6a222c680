import type { WireCellDetail, WireRows } from '../../src/contract/index.ts';
import { Wide } from './wide.tsx';
import { useWords } from './words.tsx';

const Fact = ({ name, children }: { readonly name: string; readonly children: string | undefined }) =>
  children === undefined || children === '' ? null : (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );

const Pager = ({ rows, onPage }: { readonly rows: WireRows; readonly onPage: (from: number) => void }) => {
  const say = useWords();
  const { total, from } = rows;
  const shown = rows.rows.length;
  const last = from + shown;
  return total <= shown ? null : (
    <p className="pager">
      <button type="button" disabled={from === 0} onClick={() => onPage(Math.max(0, from - 50))}>
        {say('web.cell.back')}
      </button>
      <output>{say('web.cell.shown', { from: from + 1, to: last, all: total })}</output>
      <button type="button" disabled={last >= total} onClick={() => onPage(last)}>
        {say('web.cell.next')}
      </button>
    </p>
  );
};

const Rows = ({
  detail,
  onPage,
}: {
  readonly detail: WireCellDetail;
  readonly onPage: (from: number) => void;
}) => {
  const say = useWords();
  const { total, from, columns, rows } = detail.rows;
  if (total === 0) return null;
  const parts =
    detail.denominator === undefined ? (['numerator'] as const) : (['numerator', 'denominator'] as const);
  return (
    <section>
      <h2>{say('web.cell.rows', { n: total })}</h2>
      <p className="note">{say('web.cell.rows_about')}</p>
      <Pager rows={detail.rows} onPage={onPage} />
      <Wide label={say('web.cell.rows', { n: total })}>
        <table className="counted rows">
          <thead>
            <tr>
              <th scope="col">{say('web.cell.record')}</th>
              {parts.map((part) => (
                <th key={part} scope="col" className="number">
                  {say(`report.how.${part}`)}
                </th>
              ))}
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
                  <code title={r.recordId}>{r.recordId.slice(-12)}</code>
                </th>
                {parts.map((part) => (
                  <td key={part} className="number">
                    {r[part]}
                  </td>
                ))}
                {r.values.map((v, at) => (
                  <td key={columns[at]?.path}>{v}</td>
                ))}
                <td>
                  <code title={r.revision}>{r.revision.slice(0, 12)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
};

/** How a number was made: definition, parts, base, origin, and the records behind it. */
export const CellDetail = ({
  detail,
  onPage,
}: {
  readonly detail: WireCellDetail;
  readonly onPage: (from: number) => void;
}) => {
  const say = useWords();
  const computed = detail.origin === 'computed';
  const parts = /^-?(\d+)\/(\d+)$/.test(detail.exact ?? '');
  return (
    <>
      <p className="figure">
        <strong>{detail.text}</strong> <span>{detail.measure}</span>
      </p>
      <dl className="facts">
        {detail.where.map((w) => (
          <Fact key={w.title} name={w.title}>
            {w.text}
          </Fact>
        ))}
        <Fact name={say('report.definition')}>{detail.definition}</Fact>
        <Fact name={say('web.cell.unit')}>{detail.unit}</Fact>
        <Fact name={say('report.how.numerator')}>{detail.numerator}</Fact>
        <Fact name={say('report.how.denominator')}>{detail.denominator}</Fact>
        <Fact name={say('report.how.interval')}>{detail.interval}</Fact>
        <Fact name={say('web.cell.exact')}>{parts ? detail.exact : undefined}</Fact>
        <Fact name={say('report.how.records')}>{computed ? String(detail.n) : undefined}</Fact>
        <Fact name={say('report.how.left_out')}>
          {detail.nMissing === 0 ? undefined : String(detail.nMissing)}
        </Fact>
        <Fact name={say('report.how.origin')}>{say(`report.how.origin_${detail.origin}`)}</Fact>
        <Fact name={say('report.how.published_in')}>{detail.source}</Fact>
        <Fact name={say('report.how.flags')}>{detail.flags.join('; ')}</Fact>
        <Fact name={say('report.how.address')}>{detail.address}</Fact>
        <Fact name={say('report.how.snapshot')}>{detail.snapshot}</Fact>
      </dl>
      <Rows detail={detail} onPage={onPage} />
    </>
  );
};
