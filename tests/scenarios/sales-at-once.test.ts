import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, asApplication, assertBooks } from '#tests/support/books.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { acceptedOffer, confirmedOrder, pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('Many at once', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let start: Start;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    start = await stocked(sales, { Chair: '1000' });
  });
  after(() => installation.stop());

  test('A hundred conversions of one offer give one order', async () => {
    const offer = await acceptedOffer(sales, start, { Chair: '1' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => sales.act(offer, 'convert-to-order')));
    const orders = new Set(answers.map((answer) => pathOf(answer.created)));
    assert.equal(orders.size, 1);
    const { id } = await sales.read([...orders].join(''));
    const [count] = await ask(installation, 'orders', `select count(*)::int as orders from records."order" where offer is not null`);
    assert.deepEqual(
      [count?.['orders'], (await sales.until(offer, 'has its order', (record) => record.orderId !== null)).orderId],
      [1, id],
    );
  });

  test('Twenty partial deliveries and invoices of one line at once never exceed it', async () => {
    const order = await confirmedOrder(sales, start, { Chair: '10' });
    const [line] = (await sales.read(order)).lines;
    const ask3 = { lines: [{ orderLineId: line.id, quantity: '3' }] };
    const commands = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'create-delivery-note' : 'create-invoice'));
    const answers = await Promise.all(commands.map((command) => sales.patiently(`${order}/actions/${command}`, ask3)));
    const succeeded = (command: string): number =>
      answers.filter((answer, index) => commands[index] === command && answer.status === 200).length;
    assert.deepEqual([succeeded('create-delivery-note'), succeeded('create-invoice')], [3, 3]);
    assert.ok(
      answers.every((answer) => answer.status === 200 || answer.status === 422),
      JSON.stringify(answers.map(({ status }) => status)),
    );
    const { lines } = await sales.read(order);
    assert.deepEqual([lines[0].deliveryClaimed, lines[0].invoiceClaimed], ['9', '9']);
  });

  test('What is delivered is invoiced once, however many ask at once', async () => {
    const order = await confirmedOrder(sales, start, { Chair: '8' });
    const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
    await sales.read(note);
    await sales.act(note, 'ship');
    await sales.until(order, 'is delivered', (record) => record.status === 'toInvoice');
    const answers = await Promise.all(Array.from({ length: 10 }, () => sales.patiently(`${note}/actions/create-invoice`, {})));
    assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
    assert.ok(answers.every((answer) => answer.status === 200 || answer.status === 409));
  });

  test('Two hundred invoices issued at once, with failures and lost connections, have numbers without gap', async () => {
    const record = { customerId: start.customer.id, lines: [{ description: 'Work', quantity: '1', unitPrice: '80' }] };
    const operations = Array.from({ length: 200 }, () => ({ op: 'create', record }));
    const made = await sales.client.post('/api/invoices/invoices/bulk', { atomic: true, operations });
    const drafts: readonly { record: { id: string } }[] = made.body.results;
    const issue = (draft: (typeof drafts)[number]) => `/api/invoices/invoices/${draft.record.id}/actions/issue`;
    await ask(installation, 'invoices', FAIL_SOMETIMES);
    const killing = setInterval(() => void ask(installation, 'invoices', KILL_ONE).catch(() => undefined), 100);
    const refused = await Promise.all(drafts.map((draft) => sales.client.post(issue(draft), {})));
    clearInterval(killing);
    await ask(installation, 'invoices', 'drop trigger fail_sometimes on platform.outbox');
    assert.ok(
      refused.some((answer) => answer.status >= 500),
      'some were to fail',
    );
    const again = await Promise.all(drafts.map((draft) => sales.patiently(issue(draft), {})));
    assert.deepEqual(new Set(again.map(({ status }) => status)), new Set([200]));
    const [numbers] = await ask(
      installation,
      'invoices',
      `select count(*)::int as issued, count(distinct number)::int as different, max(right(number, 5)::int) as last from records.invoice where status = 'issued'`,
    );
    assert.deepEqual(numbers, { issued: 200, different: 200, last: 200 });
  });

  test('An issued invoice cannot be changed as the application either', async () => {
    const [invoice] = await ask(installation, 'invoices', `select id from records.invoice where status = 'issued' limit 1`);
    const id = String(invoice?.['id']);
    for (const sql of [
      `update records.invoice set net_total = 1 where id = '${id}'`,
      `update records.invoice set status = 'draft' where id = '${id}'`,
      `update records.invoice set number = null where id = '${id}'`,
      `update records.invoice set deleted_at = now() where id = '${id}'`,
      `delete from records.invoice where id = '${id}'`,
      `update records.invoice_line set quantity = 2 where parent_id = '${id}'`,
      `insert into records.invoice_line (id, parent_id, quantity) values (gen_random_uuid(), '${id}', 1)`,
      `delete from records.invoice_line where parent_id = '${id}'`,
    ])
      await assert.rejects(asApplication(installation, 'invoices', sql), /sealed/, sql);
    await assert.rejects(asApplication(installation, 'orders', 'update records.stock_movement set quantity = 1'), /sealed/);
    await assert.rejects(asApplication(installation, 'orders', 'delete from records.stock_movement'), /sealed/);
    await asApplication(installation, 'invoices', `update records.invoice set notes = 'called them' where id = '${id}'`);
  });

  test('The books agree', () => assertBooks(installation));
});

/** Three in ten transactions that emit an event fail after their number was drawn or before. */
const FAIL_SOMETIMES = `
  create or replace function platform.fail_sometimes() returns trigger language plpgsql as $$
  begin if random() < 0.3 then raise exception 'injected'; end if; return new; end $$;
  create trigger fail_sometimes before insert on platform.outbox for each row execute function platform.fail_sometimes()`;

const KILL_ONE = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like '%_app' and state <> 'idle' and pid <> pg_backend_pid() limit 1`;
