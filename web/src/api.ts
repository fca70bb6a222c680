import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type Answers, PATHS, type RouteName, type WireProblem } from '../../src/contract/index.ts';
import { useLanguage } from './words.tsx';

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** The address of a route of the contract, e.g. for a download link. */
export const addressOf = (route: RouteName, params: Parameters, query: Parameters = {}): string => {
  const path = PATHS[route].replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
};

/** What the server said was wrong, in the reader's language. */
export class Refused extends Error {
  readonly problems: readonly WireProblem[];

  constructor(problems: readonly WireProblem[]) {
    super(problems.map((p) => p.code).join(', '));
    this.problems = problems;
  }
}

const fetchJson = async <T>(address: string): Promise<T> => {
  const answer = await fetch(address);
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Refused((body as { problems: readonly WireProblem[] }).problems);
  return body as T;
};

/** Asks a route in the language of the page. While a new answer is on its way the last one stays, so that focus does too. */
export const useApi = <N extends keyof Answers>(
  route: N,
  params: Parameters,
  query: Parameters = {},
  enabled = true,
): UseQueryResult<Answers[N]> => {
  const address = addressOf(route, params, { ...query, lang: useLanguage() });
  return useQuery({
    queryKey: [address],
    queryFn: () => fetchJson<Answers[N]>(address),
    enabled,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    placeholderData: keepPreviousData,
  });
};
