import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isMet } from '#platform/kernel/conditions/is-met.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { Condition, FieldDefinition } from '#platform/kernel/model.ts';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, must, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
});
after(() => installation?.stop());

describe('A condition and the same filter', { skip: skipReason(database) }, () => {
  const CONDITIONS: readonly Condition[] = [
    { name: 'Fels' },
    { name: { ne: 'Fels' } },
    { name: { contains: 'É' } },
    { name: { endsWith: 'strasse' } },
    { name: ['Fels', 'x'] },
    { name: { nin: ['Fels'] } },
    { name: null },
    { count: { gte: 2 } },
    { count: { between: [1, 2] } },
    { weight: { lt: '0.3' } },
    { weight: { ne: '0.30' } },
    { worth: { gt: 10 } },
    { fresh: false },
    { fresh: { ne: true } },
    { day: { lte: 'today' } },
    { day: { gt: 'today-1d' } },
    { instant: { gt: '2026-01-31' } },
    { instant: { lte: '2026-01-31' } },
    { instant: { lt: '2026-01-31T23:30:00Z' } },
    { kind: { isNull: false } },
    { marks: { anyOf: ['red', 'blue'] } },
    { marks: { allOf: ['red', 'green'] } },
    { marks: { noneOf: ['red'] } },
    { marks: { isNull: true } },
    { place: { isNull: true } },
    { keeperId: '$me' },
    { not: { or: [{ kind: 'stone' }, { count: { gt: 1 } }] } },
  ];

  test('find the same records', async () => {
    await defineSpecimens(admin);
    const { user, company } = (await must(200, admin.get('/api/platform/me'))).body;
    await make(admin, SPECIMENS, { name: 'Fels', count: 1, weight: '0.30', worth: '10.00', fresh: true, day: '2020-02-29', kind: 'stone' });
    await make(admin, SPECIMENS, {
      name: 'Café Hauptstraße',
      count: 2,
      weight: '0.29999',
      fresh: false,
      marks: ['red'],
      keeperId: user.id,
    });
    await make(admin, SPECIMENS, { count: 3, worth: '10.01', instant: '2026-01-31T23:00:00Z', marks: ['red', 'green'], day: '2999-01-01' });
    await make(admin, SPECIMENS, { instant: '2026-01-31T22:59:59Z', place: { city: 'Köln' }, marks: [] });
    const fields: readonly FieldDefinition[] = (await must(200, admin.get('/api/platform/objects/specimen'))).body.fields;
    const storages = new Map(
      fields.map((field) => [fieldType(field.type).apiName?.(field.name) ?? field.name, fieldType(field.type).storage]),
    );
    const { items } = (await must(200, admin.get(`${SPECIMENS}?limit=100`))).body;
    const around = { actor: `user:${user.id}`, userId: user.id, timeZone: user.timeZone ?? company.timeZone };
    for (const condition of CONDITIONS) {
      const found = (await must(200, admin.post(`${SPECIMENS}/query`, { filter: condition, limit: 100 }))).body.items;
      const met = items.filter((item: { readonly [name: string]: unknown }) =>
        isMet(condition, { valueOf: (name) => item[name], storages, around }),
      );
      const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).toSorted();
      assert.deepEqual(ids(met), ids(found), JSON.stringify(condition));
    }
  });
});
