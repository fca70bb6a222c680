import type { FastifyInstance } from 'fastify';
import { ProblemError, problem } from '../vocabulary/index.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header names this machine. Anything else is a name that somebody pointed at it (DNS rebinding). */
export const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, ''));

/** The policy of the app's own pages: nothing from elsewhere, no inline script (security plan 3.15). */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const FRAMED_NOWHERE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Reports are self-contained files with a stricter policy of their own in the page; this one allows no more than that. */
export const REPORT_POLICY = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; ${FRAMED_NOWHERE}`;

/** A picture carries its letters with it and does nothing. */
export const DRAWING_POLICY = `default-src 'none'; style-src 'unsafe-inline'; font-src data:; ${FRAMED_NOWHERE}`;

/** On every answer. Nothing is kept by the browser: on a shared machine the next person sees nothing. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};

/** Refuses other host names, and puts the security headers on every answer. */
export const guard = (site: FastifyInstance): void => {
  site.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (!isLoopbackHost(request.headers.host))
      throw new ProblemError(problem('host_refused', { host: request.headers.host ?? '' }));
  });
};
