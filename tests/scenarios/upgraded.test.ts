import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { billingOf } from '#tests/support/billing.ts';
import { ask, assertBooks } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pathOf, salesOf } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

/** As if the services had been there for long, and these of their reactions had not: nothing of them is done, and nobody has asked for the past. */
const AS_BEFORE = [
  [
    'payments',
    `set session_replication_role = replica; truncate records.open_item, records.allocation cascade;
     delete from platform.inbox where consumer like 'payments/%'; delete from platform.job where kind = 'catchUp'`,
  ],
  [
    'invoices',
    `set session_replication_role = replica; truncate records.dunning_policy, records.dunning_level cascade;
     update records.invoice set open_item = null, open_item_version = null;
     delete from platform.inbox where consumer like '%openPolicy' or consumer like '%OpenItem' or consumer like '%NewItem';
     delete from platform.job where kind = 'catchUp'`,
  ],
] as const;

describe('An installation that is upgraded', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation | undefined;
  after(() => installation?.stop());

  test('has the open items of what was invoiced before there were any, and the dunning policy that new ones begin with, once', async () => {
    const before = await startInstallation();
    installation = before;
    const sales = salesOf(before.admin);
    const billing = await billingOf(before, sales);
    const invoice = await billing.issued('100');
    await sales.until(invoice, 'has its open item', ({ openItemId }) => Boolean(openItemId));
    const [line] = (await sales.read(invoice)).lines;
    const credit = pathOf(
      (await sales.act(invoice, 'credit', { reason: 'x', lines: [{ invoiceLineId: line.id, quantity: '0.5' }] })).created,
    );
    await sales.act(credit, 'issue');
    await billing.issued('200');
    const itemsOf = (one: Installation) =>
      ask(one, 'payments', 'select reference, kind, status, balance from records.open_item where reference is not null order by 1');
    const policiesOf = (one: Installation) =>
      ask(
        one,
        'invoices',
        'select p.name, l.days_overdue from records.dunning_policy p join records.dunning_level l on l.policy = p.id order by 2',
      );
    const items = await eventually('the open items', async () => {
      const found = await itemsOf(before);
      return found.length === 3 && found[0]?.['balance'] === '0.00' && found;
    });
    const policies = await eventually('the policy', async () => {
      const found = await policiesOf(before);
      return found.length === 3 && found;
    });
    await before.running.stop();
    for (const [service, sql] of AS_BEFORE) await ask(before, service, sql);
    const upgraded = await startInstallation({ databasePrefix: before.databasePrefix });
    installation = upgraded;
    await eventually('the open items again', async () => JSON.stringify(await itemsOf(upgraded)) === JSON.stringify(items));
    await eventually('the policy again', async () => JSON.stringify(await policiesOf(upgraded)) === JSON.stringify(policies));
    await eventually('the invoice follows', async () => (await salesOf(upgraded.admin).read(invoice)).openItemId !== null);
    await assertBooks(upgraded);
    assert.deepEqual(await ask(upgraded, 'payments', 'select reason from platform.dead_letter'), []);
    const jobs = `select key from platform.job where kind = 'catchUp' and key is not null`;
    assert.equal((await ask(upgraded, 'payments', jobs)).length, 1);
  });
});
