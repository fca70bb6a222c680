import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WireProblem } from '../contract/index.ts';
import {
  httpStatus,
  LANGUAGES,
  type Language,
  type Messages,
  type Problem,
  ProblemError,
  problem,
} from '../vocabulary/index.ts';
import { SECURITY_HEADERS } from './guard.ts';

/** The language of an answer: `lang` in the query, else the first of the browser's that we have. */
export const languageOf = (request: FastifyRequest): Language => {
  const asked = (request.query as { lang?: string } | undefined)?.lang;
  const accepted = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  return [asked, ...accepted].flatMap((one) => LANGUAGES.find((l) => l === one) ?? []).at(0) ?? 'en';
};

const wire = (messages: Messages, language: Language, { code, details, at }: Problem): WireProblem => ({
  code,
  details,
  ...(at === undefined ? {} : { at: { ...at } }),
  says: messages(language, `problem.${code}.says`, details),
  remedy: messages(language, `problem.${code}.remedy`, details),
});

const send = (
  messages: Messages,
  problems: readonly Problem[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const language = languageOf(request);
  return reply
    .code(Math.max(...problems.map((p) => httpStatus(p.code))))
    .header('content-language', language)
    .send({ problems: problems.map((p) => wire(messages, language, p)) });
};

/** What Fastify itself refuses before a route is found, such as an address that is not UTF-8. */
export const answerBadRequest =
  (messages: Messages) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void send(messages, [unexpected(error)], request, reply.headers(SECURITY_HEADERS));
  };

/** One shape for everything that goes wrong: `{problems: [{code, says, remedy, details, at}]}`, in the reader's language. */
export const answerProblems = (site: FastifyInstance, messages: Messages): void => {
  site.setErrorHandler((error: FastifyError | ProblemError, request, reply) => {
    return send(
      messages,
      error instanceof ProblemError ? error.problems : [unexpected(error)],
      request,
      reply,
    );
  });
  site.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    return send(messages, [problem('not_found', { path })], request, reply);
  });
};

const unexpected = (error: FastifyError): Problem =>
  error.statusCode !== undefined && error.statusCode < 500
    ? problem('request_invalid', { message: error.message })
    : problem('unexpected', { message: error.name });
