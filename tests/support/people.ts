import { clientOf, type Client } from './client.ts';
import type { Installation } from './installation.ts';

/** Adds a person with this role and signs them in. */
export async function signInAs(installation: Installation, role: string): Promise<Client> {
  const person = { name: `The ${role}`, email: `${role}@example.com`, password: 'correct horse battery staple' };
  const added = await installation.admin.post('/api/platform/users', { ...person, roles: [role] });
  if (added.status !== 201) throw new Error(`Adding ${role} answered ${added.status}: ${JSON.stringify(added.body)}`);
  const { email, password } = person;
  const session = await clientOf(installation.url, '').post('/api/platform/session', { email, password });
  if (session.status >= 300) throw new Error(`Signing in as ${role} answered ${session.status}: ${JSON.stringify(session.body)}`);
  return clientOf(installation.url, session.body.token);
}
