import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Refused } from './api.ts';
import { useWords } from './words.tsx';

/** What was wrong, and what to do next. */
export const Problems = ({ error }: { readonly error: unknown }) => {
  const say = useWords();
  return (
    <div className="problem" role="alert">
      {error instanceof Refused ? (
        error.problems.map((p) => (
          <p key={p.code + p.says}>
            <strong>{p.says}</strong> {p.remedy}
          </p>
        ))
      ) : (
        <p>{say('web.no_answer')}</p>
      )}
    </div>
  );
};

/** Shows what a question to the server gave: the answer, a wait, or what was wrong. */
export const Answer = <T,>({
  of,
  children,
}: {
  readonly of: UseQueryResult<T>;
  readonly children: (answer: T) => ReactNode;
}) => {
  const say = useWords();
  if (of.isError) return <Problems error={of.error} />;
  if (of.data === undefined) return <output className="wait">{say('web.wait')}</output>;
  return <>{children(of.data)}</>;
};

/** The heading of a page, which is also its title in the browser. */
export const Title = ({ children }: { readonly children: string }) => {
  useEffect(() => {
    document.title = `${children} · Baqylau`;
  }, [children]);
  return <h1>{children}</h1>;
};

/** Marks a text whose translation waits for a native reviewer. */
export const Draft = ({ draft }: { readonly draft: boolean }) => {
  const say = useWords();
  return draft ? (
    <>
      <span className="draft" aria-hidden="true" title={say('report.translation')}>
        *
      </span>
      <span className="unseen">({say('report.translation')})</span>
    </>
  ) : null;
};

/** Says above a table or a list that some of its labels are drafts. */
export const DraftNote = ({ draft }: { readonly draft: boolean }) => {
  const say = useWords();
  return draft ? <p className="note draft-note">{say('report.translation')}</p> : null;
};
