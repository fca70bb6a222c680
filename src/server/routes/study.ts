import type { FastifyInstance } from 'fastify';
import { ROUTES } from '../../contract/index.ts';
import { serve, studyOf } from '../route.ts';
import type { SiteOptions } from '../site-options.ts';
import { wireComparison } from '../wire-comparison.ts';
import { wireCodebook, wireOverview, wireStudy } from '../wire-study.ts';

/** What is here: studies, their tables, their code book, and their published numbers beside ours. */
export const studyRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  serve(site, ROUTES.studies, options, ({ words }) => options.studies.map((s) => wireStudy(s, words)));
  serve(site, ROUTES.overview, options, ({ params, words }) =>
    wireOverview(studyOf(options, params.study), words),
  );
  serve(site, ROUTES.codebook, options, ({ params, words }) =>
    wireCodebook(studyOf(options, params.study), words),
  );
  serve(site, ROUTES.published, options, ({ params, words }) => {
    const { comparisons, tables } = studyOf(options, params.study);
    return comparisons.map((c) => wireComparison(c, tables, words));
  });
};
