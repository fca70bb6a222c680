import { Link } from '@tanstack/react-router';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { RouteName, WireTable } from '../../src/contract/index.ts';
import { Answer } from './answer.tsx';
import { addressOf, useApi } from './api.ts';
import { useLanguage, useWords } from './words.tsx';

interface Props {
  readonly figures: WireTable['figures'];
  readonly kind: string | undefined;
  readonly onKind: (kind: string) => void;
  readonly from: 'tableFigure' | 'crossTabFigure';
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}

const DRAWING: Readonly<Record<Props['from'], RouteName>> = {
  tableFigure: 'tableDrawing',
  crossTabFigure: 'crossTabDrawing',
};

/** Room for the picture, in steps of 20 px so that it is not drawn anew with every pixel of a window being resized. */
const useRoom = () => {
  const place = useRef<HTMLElement>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const room = entry?.contentRect.width ?? 0;
      setWidth(Math.min(720, Math.max(280, Math.floor(room / 20) * 20)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, width };
};

/** A table drawn by the server for the room there is; what it shows is also said in words. */
export const Picture = ({ figures, kind, onKind, from, params, query }: Props) => {
  const say = useWords();
  const lang = useLanguage();
  const { place, width } = useRoom();
  const shown = (figures.find(({ id }) => id === kind) ?? figures[0])?.id ?? '';
  const figure = useApi(from, params, { ...query, kind: shown, width }, width !== undefined && shown !== '');
  if (shown === '') return null;
  return (
    <figure className="picture" ref={place}>
      {figures.length < 2 ? null : (
        <fieldset className="choice">
          <legend>{say('web.figure.kind')}</legend>
          {figures.map(({ id, text }) => (
            <label key={id}>
              <input
                type="radio"
                name="figure-kind"
                value={id}
                checked={id === shown}
                onChange={() => onKind(id)}
              />
              {text}
            </label>
          ))}
        </fieldset>
      )}
      <Answer of={figure}>
        {(drawn) => (
          <>
            <img
              src={`data:image/svg+xml,${encodeURIComponent(drawn.svg)}`}
              width={drawn.width}
              height={drawn.height}
              alt={drawn.alt}
            />
            <figcaption className="note">
              {drawn.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
              {drawn.tables.length === 0 ? null : (
                <p>
                  {say('web.figure.tables')}{' '}
                  {drawn.tables.map(({ id, title }, i) => (
                    <Fragment key={id}>
                      {i === 0 ? '' : '; '}
                      <Link
                        to="/$lang/$study/table"
                        params={{ lang, study: params['study'] ?? '' }}
                        search={{ id }}
                      >
                        {title}
                      </Link>
                    </Fragment>
                  ))}
                </p>
              )}
              <a href={addressOf(DRAWING[from], params, { ...query, kind: shown, width: 720, lang })}>SVG</a>
            </figcaption>
          </>
        )}
      </Answer>
    </figure>
  );
};
