import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { SiteOptions } from '../site-options.ts';

/** Addresses of the browser app's own pages; it reads them itself. */
const PAGES = /^\/(kk|ru|en)?(\/[^.]*)?$/;

/** The built browser app. */
export const appRoutes = (site: FastifyInstance, { app }: SiteOptions): void => {
  void site.register(fastifyStatic, { root: app, wildcard: false, cacheControl: false });
  site.get('/*', (request, reply) => {
    const [path = ''] = request.url.split('?');
    return PAGES.test(path) && !path.startsWith('/api') ? reply.sendFile('index.html') : reply.callNotFound();
  });
};
