import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Command, Module } from '#platform/kernel/module.ts';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { eventually } from '#tests/support/eventually.ts';
import { modules, startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

let installation: Installation;
let sales: Sales;
let billing: Billing;

/** Commands of invoices that payments carries out go on only when what payments tells of it has changed the invoice. */
function slowed(module: Module): Module {
  return module.name === 'invoices' ? { ...module, commands: module.commands.map(goingOnLate) } : module;
}

function goingOnLate(command: Command): Command {
  const { ask, object, name } = command;
  if (!ask || object !== 'invoice') return command;
  return {
    ...command,
    ask: async (owners, invoice, input) => {
      const answer = await ask(owners, invoice, input);
      await eventually(`the invoice after ${name}`, async () => {
        const [now] = await owners.query('invoice', { filter: { id: String(invoice['id']) }, fields: 'status', limit: 1 });
        return now?.['status'] !== invoice['status'];
      });
      return answer;
    },
  };
}

describe('A command that another service carries out', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation({ modules: modules.map(slowed) });
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  const open = async (): Promise<string> => {
    const path = await billing.issued('100');
    await sales.until(path, 'has its open item', ({ openItemId }) => Boolean(openItemId));
    return path;
  };

  test('is done when it has answered, though what it tells of it has come first', async () => {
    const [lost, paid] = [await open(), await open()];
    const { record } = await sales.act(lost, 'write-off', { reason: 'gone' });
    assert.equal(record.status, 'writtenOff');
    const received = await sales.act(paid, 'receive-payment');
    assert.deepEqual([received.record.status, received.created[0].object], ['paid', 'payment']);
  });

  test('is refused before anybody is asked where the record is not as it has to be, or as its caller has seen it', async () => {
    const path = await open();
    const stale = await sales.client.post(`${path}/actions/write-off`, { reason: 'gone' }, { 'if-match': '"1"' });
    assert.equal(stale.status, 412, JSON.stringify(stale.body));
    assert.equal((await sales.read(path)).status, 'issued');
    await sales.act(path, 'write-off', { reason: 'gone' });
    assert.equal((await sales.client.post(`${path}/actions/receive-payment`, {})).status, 409);
  });
});
