import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { WireProblem } from '../contract/index.ts';
import {
  httpStatus,
  LANGUAGES,
  type Language,
  type Messages,
  problem,
  type Problem,
  ProblemError,
} from '../vocabulary/index.ts';

/** The language of an answer: `lang` in the query, else the first of the browser's that we have. */
export const languageOf = (request: FastifyRequest): Language => {
  const asked = (request.query as { lang?: string } | undefined)?.lang;
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((part) => part.trim().slice(0, 2));
  return [asked, ...accepted].flatMap((one) => LANGUAGES.find((l) => l === one) ?? []).at(0) ?? 'en';
};

const wire = (messages: Messages, language: Language, { code, details }: Problem): WireProblem => ({
  code,
  says: messages(language, `problem.${code}.says`, details),
  remedy: messages(language, `problem.${code}.remedy`, details),
});

/** One shape for everything that goes wrong: `{problems: [{code, says, remedy}]}`, in the reader's language. */
export const answerProblems = (site: FastifyInstance, messages: Messages): void => {
  site.setErrorHandler((error: FastifyError | ProblemError, request, reply) => {
    const found = error instanceof ProblemError ? error.problems : [unexpected(error)];
    const status = Math.max(...found.map((p) => httpStatus(p.code)));
    if (status >= 500) request.log.error(error);
    return reply.code(status).send({ problems: found.map((p) => wire(messages, languageOf(request), p)) });
  });
  site.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const found = problem('not_found', { path });
    return reply.code(404).send({ problems: [wire(messages, languageOf(request), found)] });
  });
};

const unexpected = (error: FastifyError): Problem =>
  error.statusCode !== undefined && error.statusCode < 500
    ? problem('request_invalid', { message: error.message })
    : problem('unexpected', { message: error.name });
