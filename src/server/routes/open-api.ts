import type { FastifyInstance } from 'fastify';
import { openApi, ROUTES } from '../../contract/index.ts';
import { serve } from '../route.ts';
import type { SiteOptions } from '../site-options.ts';

/** The HTTP surface described for programs. */
export const openApiRoutes = (site: FastifyInstance, options: SiteOptions): void =>
  serve(site, ROUTES.openApi, options, () => openApi(options.version));
