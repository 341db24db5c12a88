import { setTimeout as sleep } from 'node:timers/promises';
import { asList, asObject, connect, type Client, type JsonObject } from '../client.ts';

const PATIENCE_MILLISECONDS = 60_000;

/** The API on one day, as people of the company use it. Everything throws with what the platform said when it is refused. */
export type Office = {
  readonly client: Client;
  /** Makes a record; answers it. */
  readonly make: (path: string, values: object) => Promise<JsonObject>;
  /** Carries out a command; answers the record as it is then, and what was created. */
  readonly act: (
    path: string,
    command: string,
    input?: object,
  ) => Promise<{ readonly record: JsonObject; readonly created: readonly Made[] }>;
  /** A record once it is there and as wanted: what events make is a moment late. */
  readonly present: (path: string, is?: (record: JsonObject) => boolean) => Promise<JsonObject>;
  readonly list: (path: string) => Promise<readonly JsonObject[]>;
};

/** A document that a command has made. */
export type Made = { readonly object: string; readonly id: string };

/** The offices of an installation, by day; one for today without one. */
export function officesOf(url: string, token: string): (day?: string) => Office {
  return (day) => officeOf(connect(url, token, day));
}

function officeOf(client: Client): Office {
  const act: Office['act'] = async (path, command, input = {}) => {
    const { status, body } = await client.post(`${path}/actions/${command}`, input);
    if (status === 404) throw new Error(`There is no ${path}/actions/${command}.`);
    const created = asList(body['created']).map(({ object, id }) => ({ object: String(object), id: String(id) }));
    return { record: asObject(body['record']), created };
  };
  const present: Office['present'] = async (path, is = () => true) => {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    for (let wait = 5; ; wait = Math.min(wait * 2, 100)) {
      const { status, body } = await client.get(path);
      if (status === 200 && is(body)) return body;
      if (Date.now() > deadline) throw new Error(`Not within a minute: ${path}, which is ${JSON.stringify(body).slice(0, 500)}`);
      await sleep(wait);
    }
  };
  return {
    client,
    act,
    present,
    make: async (path, values) => {
      const { status, body } = await client.post(path, values);
      if (status !== 201) throw new Error(`${path} answered ${status}.`);
      return body;
    },
    list: async (path) => asList((await client.get(path)).body['items']),
  };
}

/** The id of a record. */
export function idOf(record: JsonObject | undefined): string {
  if (typeof record?.['id'] !== 'string') throw new Error(`It has no id: ${JSON.stringify(record)}`);
  return record['id'];
}
