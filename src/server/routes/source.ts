import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ROUTES } from '../../contract/index.ts';
import { writeZip } from '../../sheets/index.ts';
import { serve } from '../route.ts';
import type { SiteOptions } from '../site-options.ts';

/** What the program is made of; installed packages, data and version control are not ours to hand out. */
const PARTS = /^(studies|src|adapters|web|tests|bench|docs|tools|[^/]+\.(md|json|yaml|ts|toml)|LICENSE)(\/|$)/;
const NOT_OURS = /(^|\/)(node_modules|dist|\.git|data)(\/|$)/;

const sourceFiles = (program: string): readonly (readonly [string, Uint8Array])[] =>
  readdirSync(program, { withFileTypes: true })
    .filter((entry) => PARTS.test(entry.name) && !NOT_OURS.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(join(program, entry.name), { recursive: true, encoding: 'utf8' }).map((path) => join(entry.name, path))
        : [entry.name],
    )
    .map((path) => relative('.', path).split(sep).join('/'))
    .filter((path) => !NOT_OURS.test(path) && statSync(join(program, path)).isFile())
    .sort()
    .map((path) => [`baqylau/${path}`, new Uint8Array(readFileSync(join(program, path)))] as const);

/** The source of the running version, offline too (AGPL-3.0, section 13). */
export const sourceRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  serve(site, ROUTES.source, options, ({ reply }) => {
    const zip = writeZip(sourceFiles(options.program));
    return reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="baqylau-source.zip"')
      .send(Buffer.from(zip));
  });
};
