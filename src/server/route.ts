import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Route } from '../contract/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { languageOf } from './answer-problem.ts';
import type { ServedStudy } from './served-study.ts';
import type { SiteOptions } from './site-options.ts';
import type { Words } from './words.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;
type Asked<R extends Route> = {
  readonly params: R extends { params: infer P } ? Parsed<P> : Record<string, never>;
  readonly query: R extends { query: infer Q } ? Parsed<Q> : Record<string, never>;
  readonly words: Words;
  readonly reply: FastifyReply;
};

const parsed = (schema: z.ZodObject | undefined, input: unknown): unknown => {
  if (schema === undefined) return {};
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const message = result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  throw new ProblemError(problem('request_invalid', { message }));
};

/** Serves one route of the contract: parameters are checked at the door, the handler gets them typed. */
export const serve = <R extends Route>(
  site: FastifyInstance,
  route: R,
  { messages }: SiteOptions,
  handler: (asked: Asked<R>) => unknown,
): void => {
  site.get(route.path, async (request: FastifyRequest, reply) => {
    const language = languageOf(request);
    void reply.header('content-language', language);
    return handler({
      params: parsed(route.params, request.params),
      query: parsed(route.query, request.query),
      words: { messages, language },
      reply,
    } as Asked<R>);
  });
};

/** The study of a path. Throws ProblemError `not_found`. */
export const studyOf = ({ studies }: SiteOptions, id: string): ServedStudy => {
  const found = studies.find((s) => s.study.id === id);
  if (found === undefined) throw new ProblemError(problem('not_found', { path: `/api/studies/${id}` }));
  return found;
};
