import assert from 'node:assert/strict';
import type { Client } from './client.ts';
import { eventually } from './eventually.ts';
import { clientOf } from './client.ts';
import type { Installation } from './installation.ts';
import { ask } from './books.ts';

/** Somebody who takes part in approvals. */
export type Someone = { readonly id: string; readonly client: Client };

/** Adds a person with these roles, signs them in, and waits until offers know of them. */
export async function someone(installation: Installation, name: string, roles: readonly string[]): Promise<Someone> {
  const credentials = { email: `${name.toLowerCase()}@example.com`, password: 'correct horse battery staple' };
  const added = await installation.admin.post('/api/platform/users', { name, roles, ...credentials });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  const session = await clientOf(installation.url, '').post('/api/platform/session', credentials);
  await eventually(`offers know ${name}`, async () => {
    const rows = await ask(
      installation,
      'offers',
      `select 1 from mirror."user" where id = '${added.body.id}' and data -> 'roles' is not null`,
    );
    return rows.length > 0;
  });
  return { id: added.body.id, client: clientOf(installation.url, session.body.token) };
}

/** The id of a role by its name. */
export async function roleId(installation: Installation, name: string): Promise<string> {
  const { body } = await installation.admin.get(`/api/platform/roles?filter[name]=${name}&fields=id`);
  return body.items[0].id;
}

let made = 0;

/** Makes a policy for offers; steps ask for one approval unless they say otherwise. */
export async function policy(
  installation: Installation,
  values: { readonly name: string; readonly condition: object; readonly steps: readonly object[] },
): Promise<string> {
  const steps = values.steps.map((step, index) => ({ name: `Step ${index + 1}`, ...step }));
  made += 1;
  const answer = await installation.admin.post('/api/offers/approval-policies', { ...values, name: `${values.name} ${made}`, steps });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}
