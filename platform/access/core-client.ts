import type { SchemaSource } from '#platform/data/schema-sync.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { ServiceName } from '#platform/kernel/services.ts';
import type { Introspect } from './authenticate.ts';
import type { Identity } from './identity.ts';
import type { ServiceClient } from './service-client.ts';

/** The core as a source of schemas, over HTTP. */
export function coreSource(client: ServiceClient, name: ServiceName): SchemaSource {
  return {
    pull: async (since) => {
      const { status, body } = await client.request('platform', {
        method: 'GET',
        path: `/api/platform/schema/${name}?since=${since}`,
      });
      if (status !== 200 && status !== 304) throw new Refusal('core_unreachable', `The core answered ${status} to ${name}.`);
      return status === 200 ? trusted(body) : null;
    },
    report: async (version, error) => {
      await client.request('platform', {
        method: 'POST',
        path: `/api/platform/services/${name}/applied`,
        body: { version, ...(error === undefined ? {} : { error }) },
      });
    },
  };
}

/** Tells the core that a field's values are all carried over, so that it becomes what it is to be. */
export function askChangeOver(
  client: ServiceClient,
  module: string,
): (retype: { object: string; field: string; job: string }) => Promise<void> {
  return async (retype) => {
    const path = `/api/platform/services/${module}/carried-over`;
    const { status } = await client.request('platform', { method: 'POST', path, body: retype });
    if (status >= 300) throw new Refusal('core_unreachable', `The core cannot change the field over at the moment (${status}).`);
  };
}

/** Asks the core for the views of an object that somebody has saved for themselves. */
export type AskOwnViews = (object: ObjectDefinition, owner: string) => Promise<readonly ViewDefinition[]>;

export function askOwnViews(client: ServiceClient): AskOwnViews {
  return async ({ id }, owner) => {
    const path = `/api/platform/objects/${encodeURIComponent(id)}/views/of/${encodeURIComponent(owner)}`;
    const { status, body } = await client.request('platform', { method: 'GET', path });
    if (status !== 200)
      throw new Refusal('core_unreachable', 'The core cannot say at the moment which views you have.', { retryAfterSeconds: 2 });
    return trusted<{ items: readonly ViewDefinition[] }>(body).items;
  };
}

/** The core as the one who knows whose a credential is. */
export function askWhoIs(client: ServiceClient): Introspect {
  return async (token) => {
    const { status, body } = await client.request('platform', {
      method: 'POST',
      path: '/api/platform/introspections',
      body: { token },
    });
    if (status >= 500)
      throw new Refusal('core_unreachable', 'The core cannot say who is calling at the moment.', {
        retryAfterSeconds: 2,
      });
    return status === 200 ? trusted<Identity>(body) : null;
  };
}

/** Whether the core can be asked; the core need not ask itself. */
export function coreAnswers(name: ServiceName, client: ServiceClient): () => Promise<boolean> {
  if (name === 'platform') return async () => true;
  return () =>
    client.request('platform', { method: 'GET', path: '/api/platform/setup' }).then(
      ({ status }) => status < 500,
      () => false,
    );
}
