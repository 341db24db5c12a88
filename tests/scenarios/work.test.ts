import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { defineEvent, type Work } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Store } from '#platform/data/store.ts';
import { customerSuspended } from '#modules/customers/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { runInWork } from '#platform/data/commands/work.ts';

describe('A piece of work', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
  });
  after(() => installation.stop());

  const storeOf = (name: string): Store => {
    const service = installation.running.services.find((one) => one.name === name);
    assert.ok(service);
    return service.store;
  };
  const inWork = <T>(name: string, run: (work: Work) => Promise<T>): Promise<T> => runInWork(storeOf(name), systemCaller(name), run);

  test('today is the day where the company is, in its own service and in others', async () => {
    const add = async (name: string, timeZone: string): Promise<string> => {
      const answer = await installation.admin.post('/api/platform/companies', { name, country: 'NZ', currency: 'NZD', timeZone });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.id;
    };
    // 25 hours lie between them, so that it is never the same day at both.
    const [east, west] = [await add('East', 'Pacific/Kiritimati'), await add('West', 'Pacific/Niue')];
    for (const name of ['platform', 'offers']) {
      const [first, last] = await eventually(`${name} knows both companies`, () =>
        inWork(name, async (work) => {
          const days = [work.today(west), work.today(east)] as const;
          return days[0] < days[1] && days;
        }),
      );
      assert.match(`${first} ${last}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
    }
    const utc = await inWork('offers', async (work) => [work.today(), work.now.slice(0, 10)]);
    assert.equal(utc[0], utc[1]);
  });

  test('an event that is not declared, or is not as declared, takes all of it back', async () => {
    const invented = defineEvent('customers', 'CustomerInvented', {});
    const suspension = { customerId: '01890a5d-ac96-774b-bcce-b302099a8057', reason: 'Overdue' };
    const telling = (event: typeof invented, data: { readonly [key: string]: string }) =>
      inWork('customers', async (work) => {
        await work.save('customer', { name: 'Taken back' });
        await work.emit(event, 'customer/x', data);
      });
    await assert.rejects(telling(invented, {}), /CustomerInvented is not declared/);
    await assert.rejects(telling(customerSuspended, { customerId: suspension.customerId }), /CustomerSuspended do not fit.*reason/);
    await assert.rejects(telling(customerSuspended, { ...suspension, customerId: 'x' }), /customerId.*uuid/);
    assert.deepEqual((await installation.admin.get('/api/customers/customers?filter[name]=Taken back')).body.items, []);
    await telling(customerSuspended, suspension);
    assert.equal((await installation.admin.get('/api/customers/customers?filter[name]=Taken back')).body.items.length, 1);
  });
});
