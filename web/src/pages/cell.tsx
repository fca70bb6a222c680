import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { WireCellDetail } from '../../../src/contract/index.ts';
import { Answer, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { CellDetail } from '../cell-detail.tsx';
import { useLanguage } from '../words.tsx';

/** How one number of a table was made, with the records behind it. */
export const CellPage = () => {
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const { address, from } = useSearch({ from: '/$lang/$study/cell' });
  const detail = useApi<WireCellDetail>('cell', { study }, { address, from });
  return (
    <Answer of={detail}>
      {(found) => (
        <>
          <Title>{found.title}</Title>
          <p>
            <Link to="/$lang/$study/table" params={{ lang, study }} search={{ id: found.table, sort: '', kind: '' }}>
              ← {found.title}
            </Link>
          </p>
          <CellDetail
            detail={found}
            onPage={(next) => void navigate({ to: '/$lang/$study/cell', params: { lang, study }, search: { address, from: next } })}
          />
        </>
      )}
    </Answer>
  );
};
