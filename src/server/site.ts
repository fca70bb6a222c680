import Fastify, { type FastifyInstance } from 'fastify';
import { answerBadRequest, answerProblems } from './answer-problem.ts';
import { guard } from './guard.ts';
import { appRoutes } from './routes/app.ts';
import { crossTabRoutes } from './routes/cross-tab.ts';
import { openApiRoutes } from './routes/open-api.ts';
import { reportRoutes } from './routes/report.ts';
import { sourceRoutes } from './routes/source.ts';
import { studyRoutes } from './routes/study.ts';
import { tableRoutes } from './routes/table.ts';
import type { SiteOptions } from './site-options.ts';

/**
 * The local site: read-only, for this machine only. Bind it to 127.0.0.1; a request under any other host name is refused.
 * Everything it can do is in `ROUTES` of the contract.
 */
export const createSite = (given: SiteOptions): FastifyInstance => {
  // Units and nouns that only one of the studies needs join the catalogue.
  const messages = given.studies.reduce((all, { study }) => all.with(study.words), given.messages);
  const options = { ...given, messages };
  const site = Fastify({
    logger: false,
    bodyLimit: 1024,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerBadRequest(options.messages),
  });
  guard(site);
  answerProblems(site, options.messages);
  studyRoutes(site, options);
  tableRoutes(site, options);
  crossTabRoutes(site, options);
  reportRoutes(site, options);
  sourceRoutes(site, options);
  openApiRoutes(site, options);
  appRoutes(site, options);
  return site;
};
