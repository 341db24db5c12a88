import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import type { PublicRoute, Route } from '#platform/kernel/route.ts';
import { RECORD_ROUTES } from '../records/routes.ts';
import { fileOperations } from './file-operations.ts';
import { objectSchemas, seenObjects, type SeenObject } from './object-schemas.ts';
import { commandPath, describeCommand, RECORD_OPERATIONS } from './record-operations.ts';
import { describeRoute, isSeen, operationId, templateOf, type Operation } from './route-operations.ts';
import { HEADERS, PARAMETERS, RESPONSES, SCHEMAS, SECURITY_SCHEMES, type Part } from './shared.ts';

/** What a module's document is made of: its objects at a version, and the routes beside the record API. */
export type ApiSource = {
  readonly module: string;
  readonly objects: readonly ObjectDefinition[];
  readonly routes: readonly Route[];
  readonly publicRoutes?: readonly PublicRoute[];
  /** Routes that belong to no module and stand directly under `/api`. */
  readonly topRoutes?: readonly Route[];
  /** Schemas that the routes name, by their name in the document. */
  readonly schemas?: { readonly [name: string]: Part };
};

/** The OpenAPI 3.1 document of these modules at one metadata version: what this caller may see, and nothing else. */
export function openApiDocument(sources: readonly ApiSource[], version: number, permissions: Permissions): Part {
  const parts = sources.map((source) => describeSource(source, permissions));
  const title = sources.length === 1 ? `Tessera: ${sources[0]?.module}` : 'Tessera';
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: String(version),
      description: `As of version ${version} of the metadata, and of what the caller may see.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: parts.flatMap((part) => part.tags),
    paths: pathsOf(parts.flatMap((part) => part.operations)),
    components: {
      schemas: { ...SCHEMAS, ...together(parts.map((part) => part.schemas)) },
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: RESPONSES,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

type Described = {
  readonly tags: readonly Part[];
  readonly operations: readonly Operation[];
  readonly schemas: { readonly [name: string]: Part };
};

function describeSource(source: ApiSource, permissions: Permissions): Described {
  const base = `/api/${source.module}`;
  const seen = seenObjects(source.objects, permissions);
  const records = seen.flatMap((one) => recordOperations(base, one));
  const own = [
    ...(source.publicRoutes ?? []).map((route) => describeRoute(route, { base, tag: source.module, isPublic: true })),
    ...(source.topRoutes ?? []).map((route) => describeRoute(route, { base: '/api', tag: source.module })),
    ...source.routes.filter((route) => isSeen(route, permissions)).map((route) => describeRoute(route, { base, tag: source.module })),
  ];
  return {
    tags: [{ name: source.module }, ...seen.map(({ object }) => ({ name: object.pluralLabel.en }))],
    // Own routes stand before the record API, in the router and here.
    operations: [...records, ...fileOperations(base, source.module), ...own],
    schemas: { ...source.schemas, ...together(seen.map(objectSchemas)) },
  };
}

function recordOperations(base: string, seen: SeenObject): readonly Operation[] {
  return RECORD_ROUTES.flatMap((route) => {
    const path = `${base}${templateOf(route.path.replace(':collection', seen.object.collection))}`;
    if (route.operation === 'command') return commandOperations(path, seen);
    // Described with the other commands.
    if (route.operation === 'collectionCommand') return [];
    const described = RECORD_OPERATIONS[route.operation](seen);
    return described ? [operationAt(path, route.method, { seen, described })] : [];
  });
}

function commandOperations(path: string, seen: SeenObject): readonly Operation[] {
  return seen.object.commands.flatMap((command) => {
    const described = describeCommand(seen, command);
    const whole = path.replace('{command}', commandPath(command));
    return described ? [operationAt(command.collection === true ? whole.replace('/{id}', '') : whole, 'POST', { seen, described })] : [];
  });
}

function operationAt(path: string, method: string, { seen, described }: { seen: SeenObject; described: Part }): Operation {
  const operation = { operationId: operationId(method, path), tags: [seen.object.pluralLabel.en], ...described };
  return { path, method: method.toLowerCase(), operation };
}

function together(parts: readonly { readonly [name: string]: Part }[]): { readonly [name: string]: Part } {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

/** The later description of the same call replaces the earlier one. */
function pathsOf(operations: readonly Operation[]): Part {
  const paths = new Map<string, Record<string, Part>>();
  for (const { path, method, operation } of operations) {
    const known = paths.get(path) ?? {};
    known[method] = operation;
    paths.set(path, known);
  }
  return Object.fromEntries([...paths].sort(([left], [right]) => (left < right ? -1 : 1)));
}
