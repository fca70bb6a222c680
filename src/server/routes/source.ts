import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ROUTES } from '../../contract/index.ts';
import { writeZip } from '../../sheets/index.ts';
import { serve } from '../route.ts';
import type { SiteOptions } from '../site-options.ts';

/** What the program is made of; installed packages, data and version control are not ours to hand out. */
const PARTS =
  /^(studies|src|adapters|web|tests|bench|docs|tools|[^/]+\.(md|json|yaml|ts|toml)|LICENSE)(\/|$)/;
const NOT_OURS = /(^|\/)(node_modules|dist|\.git|\.cache)(\/|$)/;

/** Plain files only: a link could lead out of the program. */
const filesBelow = (program: string, part: string): readonly string[] =>
  readdirSync(join(program, part), { withFileTypes: true }).flatMap((entry) => {
    const path = `${part}/${entry.name}`;
    if (NOT_OURS.test(path)) return [];
    return entry.isDirectory() ? filesBelow(program, path) : entry.isFile() ? [path] : [];
  });

const sourceFiles = (program: string): readonly (readonly [string, Uint8Array])[] =>
  readdirSync(program, { withFileTypes: true })
    .filter((entry) => PARTS.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(program, entry.name) : entry.isFile() ? [entry.name] : [],
    )
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
