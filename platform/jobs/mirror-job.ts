import type { Database } from '#platform/data/database.ts';
import { fillMirror, mirroredObjects, mirrorFields, mirrorFilled, staleMirrors, type MirrorPage } from '#platform/data/mirrors/rebuild.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { enqueue } from '#platform/data/new-job.ts';
import type { JobContext, Runner } from './runner.ts';

const KIND = 'mirror';

/** What fills mirrors. `page` asks the owner; whatever it throws that waiting may cure is tried again from the last page. */
export type MirrorJobOptions = {
  readonly database: Database;
  readonly schema: () => SchemaIndex;
  readonly page: (index: SchemaIndex, object: ObjectDefinition, cursor: string | null) => Promise<MirrorPage>;
};

/** Makes a job for every mirror that is new, lost, or lacks a field that the schema asks of it; one per mirror and state, over all replicas. */
export async function fillStaleMirrors(options: Pick<MirrorJobOptions, 'database' | 'schema'>, wake: () => void): Promise<void> {
  for (const { object, fields, filledAt } of await staleMirrors(options.database, options.schema())) {
    await enqueue(options.database, {
      kind: KIND,
      key: `${KIND}:${object.id}:${fields}:${filledAt ?? 'never'}`,
      input: inputOf(object, fields),
      by: 'service:mirror',
    });
  }
  wake();
}

/** Makes a job for every mirror, whatever it holds; the names of their objects and the ids of the jobs. */
export async function fillAllMirrors(
  { database, schema }: Pick<MirrorJobOptions, 'database' | 'schema'>,
  by: string,
): Promise<readonly { readonly object: string; readonly job: string }[]> {
  const index = schema();
  const made: { object: string; job: string }[] = [];
  for (const object of mirroredObjects(index)) {
    const input = inputOf(object, mirrorFields(index, object));
    made.push({ object: object.name, job: (await enqueue(database, { kind: KIND, input, by })) ?? '' });
  }
  return made;
}

function inputOf({ id, name }: ObjectDefinition, fields: string): { object: string; name: string; fields: string } {
  return { object: id, name, fields };
}

/** Fills one mirror page by page. Ends early when the schema asks for other fields meanwhile: then there is another job. */
export function mirrorRunner(options: MirrorJobOptions): Runner {
  return { kind: KIND, run: (job) => fill(options, job) };
}

async function fill(options: MirrorJobOptions, job: JobContext): Promise<{ records: number } | null> {
  const wanted = isRecord(job.input) ? job.input : {};
  let { cursor, done } = positionOf(job.checkpoint);
  do {
    const index = options.schema();
    const object = [...index.foreign.values()].find((one) => one.id === wanted['object']);
    if (!object || mirrorFields(index, object) !== wanted['fields']) return null;
    const page = await options.page(index, object, cursor);
    cursor = page.next;
    done += page.items.length;
    await job.step(async (transaction) => {
      await fillMirror(transaction, { index, object }, page);
      if (page.next === null) await mirrorFilled(transaction, object, mirrorFields(index, object));
      return { done, checkpoint: { cursor: page.next, done } };
    });
  } while (cursor !== null);
  return { records: done };
}

function positionOf(checkpoint: unknown): { cursor: string | null; done: number } {
  if (!isRecord(checkpoint)) return { cursor: null, done: 0 };
  return { cursor: typeof checkpoint['cursor'] === 'string' ? checkpoint['cursor'] : null, done: Number(checkpoint['done'] ?? 0) };
}
