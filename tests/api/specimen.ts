import assert from 'node:assert/strict';
import type { Answer, Client } from '#tests/support/client.ts';
import { clientOf } from '#tests/support/client.ts';

/** An object with a field of every type that a record may hold, its makers, and a role that does not see all of it. */
const SPECIMEN = {
  name: 'specimen',
  label: 'Specimen',
  pluralLabel: 'Specimens',
  module: 'offers',
  collection: 'specimens',
  titleField: 'name',
  features: { owner: true, company: true },
  access: { viewer: { read: true }, sales: { read: true, create: true, edit: true, delete: true } },
  fields: [
    { name: 'name', label: 'Name', type: 'text', searchable: true, indexed: true },
    { name: 'code', label: 'Code', type: 'text', unique: true },
    { name: 'count', label: 'Count', type: 'integer', unique: true },
    { name: 'note', label: 'Note', type: 'longText', searchable: true },
    { name: 'email', label: 'E-mail', type: 'email', searchable: true },
    { name: 'phone', label: 'Phone', type: 'phone' },
    { name: 'site', label: 'Site', type: 'url' },
    { name: 'weight', label: 'Weight', type: 'decimal' },
    { name: 'worth', label: 'Worth', type: 'money', scale: 2 },
    { name: 'share', label: 'Share', type: 'percent' },
    { name: 'fresh', label: 'Fresh', type: 'boolean' },
    { name: 'day', label: 'Day', type: 'date' },
    { name: 'instant', label: 'Instant', type: 'dateTime' },
    { name: 'kind', label: 'Kind', type: 'select', options: ['stone', 'plant', 'animal'] },
    { name: 'marks', label: 'Marks', type: 'multiSelect', options: ['red', 'green', 'blue'] },
    { name: 'serial', label: 'Serial', type: 'autoNumber', format: 'S-{0000}' },
    { name: 'place', label: 'Place', type: 'address', searchable: true },
    { name: 'extra', label: 'Extra', type: 'json' },
    { name: 'token', label: 'Token', type: 'uuid' },
    { name: 'keeper', label: 'Keeper', type: 'user' },
    { name: 'product', label: 'Product', type: 'lookup', target: 'product' },
    { name: 'customer', label: 'Customer', type: 'lookup', target: 'customer' },
    { name: 'secret', label: 'Secret', type: 'text', unique: true, searchable: true, access: { read: ['manager'], edit: ['manager'] } },
  ],
};

/** Where the specimens are. */
export const SPECIMENS = '/api/offers/specimens';

/** Defines the specimens. */
export async function defineSpecimens(admin: Client): Promise<void> {
  await must(201, admin.post('/api/platform/objects', SPECIMEN));
}

/** A client with a key of these roles. */
export async function keyFor(admin: Client, ...roles: readonly string[]): Promise<Client> {
  const made = await must(201, admin.post('/api/platform/api-keys', { name: roles.join(' '), roles }));
  return clientOf(admin.url, made.body.key);
}

/** The answer, which must be of that status. */
export async function must(status: number, asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  assert.equal(answer.status, status, JSON.stringify(answer.body).slice(0, 1000));
  return answer;
}

/** Makes a record and answers it. */
export async function make(client: Client, path: string, values: { readonly [field: string]: unknown }): Promise<Answer['body']> {
  return (await must(201, client.post(path, values))).body;
}

/** The problem with which a call is refused, of that status and code. */
export async function refusal(asked: Promise<Answer>, status: number, code: string): Promise<Answer['body']> {
  const answer = await asked;
  assert.equal(`${answer.status} ${answer.body.code}`, `${status} ${code}`, JSON.stringify(answer.body).slice(0, 1000));
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return answer.body;
}
