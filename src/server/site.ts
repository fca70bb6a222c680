import Fastify, { type FastifyInstance } from 'fastify';
import { answerProblems } from './answer-problem.ts';
import { guard } from './guard.ts';
import { appRoutes } from './routes/app.ts';
import { crossTabRoutes } from './routes/cross-tab.ts';
import { reportRoutes } from './routes/report.ts';
import { sourceRoutes } from './routes/source.ts';
import { studyRoutes } from './routes/study.ts';
import { tableRoutes } from './routes/table.ts';
import type { SiteOptions } from './site-options.ts';

/**
 * The local site: read-only, for this machine only. Bind it to 127.0.0.1; a request under any other host name is refused.
 * Everything it can do is in `ROUTES` of the contract.
 */
export const createSite = (options: SiteOptions): FastifyInstance => {
  const site = Fastify({ logger: false, bodyLimit: 1024, routerOptions: { maxParamLength: 300 } });
  guard(site);
  answerProblems(site, options.messages);
  studyRoutes(site, options);
  tableRoutes(site, options);
  crossTabRoutes(site, options);
  reportRoutes(site, options);
  sourceRoutes(site, options);
  appRoutes(site, options);
  return site;
};
