import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { clientOf, type Client } from '#tests/support/client.ts';
import { deleteTopology } from '#tests/distributed/surroundings.ts';
import { freshPrefix } from '#tests/support/databases.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { freePort } from '#tests/support/ports.ts';
import { needed, rabbitmqUrl, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { modules } from '#tests/support/installation.ts';
import { startInstallation as start, type Installation as Running } from '#platform/installation.ts';
import { appliedIn, databaseUrl } from './applied.ts';

const database = testDatabaseUrl();
const FIELDS = '/api/platform/objects/offer/fields';
const CHANGES = 200;

describe('Tables change while others are at work', { skip: skipReason(database, rabbitmqUrl()) }, () => {
  const prefix = freshPrefix();
  let installation: Installation;
  const replicas: Running[] = [];
  let admin: Client;
  /** One more process’s worth of the offers service on the same database, at an address of its own. */
  const startReplica = async (): Promise<Client> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    replicas.push(
      await start({
        services: ['offers'],
        host: '127.0.0.1',
        port,
        adminUrl: needed(database),
        databasePrefix: prefix,
        busPrefix: prefix,
        rabbitmqUrl: needed(rabbitmqUrl()),
        secret: 'a secret of tests, long enough to be one',
        publicUrl: installation.url,
        logLevel: 'fatal',
        urlOf: (service) => (service === 'offers' ? url : installation.url),
        modules,
      }),
    );
    return clientOf(url, admin.token);
  };
  const stopReplicas = async (): Promise<void> => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
  };
  before(async () => {
    installation = await startInstallation({
      services: ['platform', 'customers'],
      databasePrefix: prefix,
      busPrefix: prefix,
      rabbitmqUrl: needed(rabbitmqUrl()),
    });
    admin = installation.admin;
  });
  after(async () => {
    await stopReplicas();
    await installation.stop();
    await deleteTopology(needed(rabbitmqUrl()), prefix);
  });

  test('two replicas on one database: both serve a field that one of them has made the column for', async () => {
    const both = await Promise.all([startReplica(), startReplica()]);
    const added = await admin.post(FIELDS, { name: 'colour', label: 'Colour', type: 'text', indexed: true });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    for (const one of both) assert.equal((await one.get('/api/offers/offers?fields=colour')).status, 200);
    assert.deepEqual((await appliedIn(`${prefix}offers`)).left, []);
  });

  test('a reader that has the table open for long holds up the new field, and no writer', async () => {
    const offers = await startReplica();
    const customer = await admin.post('/api/customers/customers', { name: 'Acme' });
    const reader = new pg.Client({ connectionString: databaseUrl(`${prefix}offers`) });
    await reader.connect();
    await reader.query('begin; select from records.offer limit 1');
    const added = await admin.post(FIELDS, { name: 'late', label: 'Late', type: 'text' }, { prefer: 'wait=0' });
    assert.equal(added.status, 202, JSON.stringify(added.body));
    const waits: number[] = [];
    for (let nth = 0; nth < 20; nth += 1) {
      const started = performance.now();
      const made = await offers.post('/api/offers/offers', { customerId: customer.body.id, subject: `Offer ${nth}` });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      waits.push(performance.now() - started);
    }
    assert.ok(Math.max(...waits) < 5_000, `a writer waited ${Math.max(...waits)} ms`);
    assert.equal((await admin.get('/api/platform/services')).body.items.find(isOffers).lag, 1);
    await reader.query('commit');
    await reader.end();
    await eventually('the new field', async () => (await offers.get('/api/offers/offers?fields=late')).status === 200, 30);
  });

  test(`a service that was away during ${CHANGES} changes catches up when it is back`, async () => {
    await stopReplicas();
    const names = Array.from({ length: CHANGES / 2 }, (_, nth) => `away${nth}`);
    for (const name of names) {
      const changes = [
        { kind: 'addField', object: 'offer', field: { name, label: name, type: 'text' } },
        { kind: 'changeField', object: 'offer', field: name, set: { name: `${name}Renamed` } },
      ];
      const made = await admin.post('/api/platform/changes', { changes }, { prefer: 'wait=0' });
      assert.ok(made.status < 300, JSON.stringify(made.body));
    }
    const offers = await startReplica();
    await eventually('the offers in step', async () => (await admin.get('/api/platform/services')).body.items.find(isOffers).lag === 0, 30);
    assert.equal((await offers.get('/api/offers/offers?limit=1&fields=away0Renamed,away99Renamed')).status, 200);
    assert.deepEqual((await appliedIn(`${prefix}offers`)).left, []);
  });
});

function isOffers({ module }: { module: string }): boolean {
  return module === 'offers';
}
