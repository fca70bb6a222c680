import { z } from 'zod';
import { ROUTES, type Route } from './routes.ts';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

const parametersIn = (place: 'path' | 'query', schema: z.ZodObject | undefined): readonly object[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }));
};

const MEDIA = { json: 'application/json', svg: 'image/svg+xml', file: 'application/octet-stream' } as const;

const PROBLEMS = { $ref: '#/components/schemas/Problems' };

const operation = (name: string, { params, query, answers, about }: Route): object => ({
  operationId: name,
  summary: about,
  parameters: [...parametersIn('path', params), ...parametersIn('query', query)],
  responses: {
    200: { description: about, content: { [MEDIA[answers]]: {} } },
    default: {
      description: 'What was wrong and what to do next, in the language of the request',
      content: { 'application/json': { schema: PROBLEMS } },
    },
  },
});

const Problems = z.object({
  problems: z.array(
    z.object({
      code: z.string().describe('Stable; never reused'),
      says: z.string(),
      remedy: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
      at: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
});

/** The surface as an OpenAPI 3.1 document, made from the same routes that the server serves. */
export const openApi = (version: string): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Baqylau',
    version,
    license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    description: 'The local site: read-only, on this machine only.',
  },
  paths: Object.fromEntries(
    Object.entries(ROUTES).map(([name, route]) => [
      route.path.replaceAll(/:(\w+)/g, '{$1}'),
      { get: operation(name, route) },
    ]),
  ),
  components: { schemas: { Problems: z.toJSONSchema(Problems) } },
});
