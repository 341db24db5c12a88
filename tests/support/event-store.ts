import assert from 'node:assert/strict';
import pg from 'pg';
import { beginAs } from '#platform/data/commands/module-job.ts';
import type { Store } from '#platform/data/store.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import { needed, testDatabaseUrl } from './services.ts';

const EVENTS = '/api/audit/events';

/** The event store of an installation, as its owner sees it, and as somebody who tampers with it. */
export async function openEvents(installation: Installation) {
  const about = async (id: string) => (await installation.admin.get(`${EVENTS}?filter[record]=${id}`)).body.items;
  const rows = async (text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows;

  const verified = async () => {
    const asked = await installation.admin.post(`${EVENTS}/actions/verify`, {});
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const [{ id }] = asked.body.created;
    return eventually('the run', async () => {
      const { body: run } = await installation.admin.get(`/api/audit/compliance-runs/${id}`);
      return run.state !== 'running' && run;
    });
  };
  /** What a superuser does who stops at nothing; `mend` takes it back. */
  const tampered = async (statement: string, mend: string): Promise<{ what: string; position: string; run: { position: string } }> => {
    await owner.query(`set session_replication_role = replica; ${statement}`);
    const run = await verified();
    await owner.query(`${mend}; set session_replication_role = origin`);
    assert.equal(run.state, 'failed', statement);
    const { items } = (await installation.admin.get(`/api/audit/compliance-findings?filter[runId]=${run.id}`)).body;
    return { what: items[0].what, position: items[0].position, run };
  };

  const auditStore = (): Store => {
    const store = installation.running.services.find(({ name }) => name === 'audit')?.store;
    assert.ok(store);
    return store;
  };
  /** The same look at the chain, without a job. */
  const checked = async () => {
    return beginAs(auditStore())(async ({ eventStore }) =>
      eventStore.check({ position: '0', hash: '', previous: '' }, (await eventStore.end()).position),
    );
  };

  const quiet = () =>
    eventually('quiet', async () => {
      const position = async () => (await rows('select position from event_store.head'))[0].position;
      const earlier = await position();
      await new Promise((resolve) => setTimeout(resolve, 700));
      return (await position()) === earlier;
    });

  /** The position of the last event. */
  const end = async (): Promise<string> => (await rows('select position from event_store.head'))[0].position;

  const connected = (service: string): Promise<pg.Client> => connectedTo(installation, service);
  const owner = await connected('audit');
  return { owner, connected, about, rows, verified, tampered, auditStore, checked, quiet, end, close: () => owner.end() };
}

async function connectedTo({ databasePrefix }: Installation, service: string): Promise<pg.Client> {
  const url = Object.assign(new URL(needed(testDatabaseUrl())), { pathname: `/${databasePrefix}${service}` });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}
