import type { ModuleSchema } from '#platform/kernel/model.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { deepFreeze } from './freeze.ts';

/** Asks core, with the service's token: method and path below `/api/platform`; the parsed body is undefined when there is none. */
export type CoreClient = (call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown }) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}>;

/** What core says: its version now, and the module's schema if it is not the one of `since`. */
export type Pulled = { readonly version: number; readonly schema: ModuleSchema | null };

/** Pulls the effective metadata of a module. Throws when core answers anything but 200 and 304, and what the client throws when it cannot be reached. */
export async function pullSchema(client: CoreClient, module: string, since: number | null): Promise<Pulled> {
  const answer = await client({ method: 'GET', path: `/schema/${module}${since === null ? '' : `?since=${since}`}` });
  const version = Number(answer.headers['x-metadata-version']);
  if (answer.status === 304 && Number.isSafeInteger(version)) return { version, schema: null };
  if (answer.status === 200 && isSchema(answer.body, module)) return { version: answer.body.version, schema: deepFreeze(answer.body) };
  throw new Error(`Core answered ${answer.status} for the schema of ${module}`);
}

/** Tells core which version the service serves; with an error, which one it could not apply. */
export async function reportApplied(
  client: CoreClient,
  module: string,
  report: { readonly version: number; readonly error?: string },
): Promise<void> {
  const answer = await client({ method: 'POST', path: `/services/${module}/applied`, body: report });
  if (answer.status !== 204) throw new Error(`Core answered ${answer.status} to the report of ${module}`);
}

/** How often a service asks core although no event said so: a lost hint costs at most this. */
export const PULL_EVERY_MS = 5_000;

/** What keeps a service's schema current. `apply` brings database and compiled parts to a schema and returns when it is served. */
export type SchemaSync = { readonly pull: () => Promise<number>; readonly version: () => number };

/**
 * Keeps one service at core's version: `pull` asks, applies and reports; calls while one is under way join it or make one more.
 * Events are hints to call it, versions are the truth. A schema that cannot be applied is reported with its error and thrown.
 */
export function openSchemaSync(options: {
  readonly client: CoreClient;
  readonly module: string;
  readonly applied: number | null;
  readonly apply: (schema: ModuleSchema) => Promise<void>;
}): SchemaSync {
  const { client, module, apply } = options;
  let served = options.applied;
  let running: Promise<number> | undefined;
  let wanted = false;
  const once = async (): Promise<number> => {
    const pulled = await pullSchema(client, module, served);
    if (pulled.schema) await applied(pulled.schema);
    served = pulled.version;
    await reportApplied(client, module, { version: pulled.version });
    return pulled.version;
  };
  const applied = async (schema: ModuleSchema): Promise<void> => {
    try {
      await apply(schema);
    } catch (error) {
      await reportApplied(client, module, {
        version: schema.version,
        error: error instanceof Error ? error.message : String(error),
      }).catch(() => undefined);
      throw error;
    }
  };
  const repeat = async (): Promise<number> => {
    let version = 0;
    do {
      wanted = false;
      version = await once();
    } while (wanted);
    return version;
  };
  const pull = (): Promise<number> => {
    wanted = running !== undefined;
    running ??= repeat().finally(() => (running = undefined));
    return running;
  };
  return Object.freeze({ pull, version: () => served ?? 0 });
}

/** Core writes what its own type says; the module and version are looked at all the same. */
function isSchema(body: unknown, module: string): body is ModuleSchema {
  return isRecord(body) && body['module'] === module && typeof body['version'] === 'number' && Array.isArray(body['objects']);
}
