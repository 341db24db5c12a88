import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asApplication, ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { acceptedOffer, confirmedOrder, pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { upload } from '#tests/support/upload.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const CUSTOMERS = '/api/customers/customers';
const IBAN = 'DE89370400440532013000';

/** Every column in which an id of a customer stands, by service. */
const REFERRING: Readonly<Record<string, readonly string[]>> = {
  customers: ['contact.customer', 'address.customer', 'bank_account.customer', 'customer.parent'],
  offers: ['offer.customer', 'price.customer'],
  orders: ['order.customer', 'credit_account.customer'],
  'delivery-notes': ['delivery_note.customer'],
  invoices: ['invoice.customer', 'credit_note.customer'],
};

let installation: Installation;
let sales: Sales;

const customerOf = (values: Record<string, unknown>): Promise<Answer['body']> => sales.create(CUSTOMERS, values);
const referring = async (id: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const [service, columns] of Object.entries(REFERRING))
    for (const column of columns) {
      const [table, name] = column.split('.');
      const [row] = await ask(
        installation,
        service.replaceAll('-', '_'),
        `select count(*)::int as n from records."${table}" where "${name}" = '${id}' and deleted_at is null`,
      );
      if (row?.['n'] !== 0) found.push(`${service} ${column}: ${String(row?.['n'])}`);
    }
  return found;
};
const owing = async (id: string): Promise<Answer['body']> => (await sales.client.get(`/api/orders/credit-accounts/${id}`)).body;

describe('Customers that are one, with every event twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  let start: Start;
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(11) });
    sales = salesOf(installation.admin);
    start = await stocked(sales, { Chair: '1000' });
  });
  after(() => installation.stop());

  test('all that led to one leads to the other, what was issued reads as before, and the old id and number find the other', async () => {
    const stays = await customerOf({ name: 'Adler Maschinenbau GmbH', email: 'alt@adler.example', phone: '+4930123456' });
    const goes = await customerOf({
      name: 'Adler GmbH',
      email: 'neu@adler.example',
      vatNumber: 'DE136695976',
      billingAddress: { city: 'Bonn', country: 'DE' },
    });
    for (const { id } of [stays, goes]) await sales.create('/api/customers/bank-accounts', { customerId: id, iban: IBAN });
    await sales.create('/api/customers/contacts', { customerId: goes.id, name: 'Eva' });
    await sales.create('/api/customers/addresses', { customerId: goes.id, kind: 'shipping', address: { city: 'Ulm', country: 'DE' } });
    const branch = await customerOf({ name: 'Branch', parentId: goes.id });
    const buying = (customer: Answer['body']): Start => ({ ...start, customer });
    await confirmedOrder(sales, buying(stays), { Chair: '1' });
    const order = await confirmedOrder(sales, buying(goes), { Chair: '10' });
    const invoice = pathOf((await sales.act(order, 'create-invoice', {})).created);
    await sales.read(invoice);
    await sales.act(invoice, 'issue');
    const accepted = await acceptedOffer(sales, buying(goes), { Chair: '2' });
    await eventually('what both owe', async () => Number((await owing(goes.id)).receivables ?? 0) > 0);
    const accounts = [await owing(stays.id), await owing(goes.id)];

    const merging = sales.act(`${CUSTOMERS}/${stays.id}`, 'merge', { otherId: goes.id, take: ['email'] });
    const { created } = await sales.act(accepted, 'convert-to-order');
    const { record } = await merging;
    assert.deepEqual(
      [record.name, record.email, record.phone, record.vatNumber, record.billingAddress.city, record.formerNumbers],
      ['Adler Maschinenbau GmbH', 'neu@adler.example', '+4930123456', 'DE136695976', 'Bonn', goes.number],
    );

    await eventually('nothing leads to the one that went', async () => (await referring(goes.id)).length === 0);
    assert.deepEqual(await referring(stays.id), [
      'customers contact.customer: 1',
      'customers address.customer: 1',
      'customers bank_account.customer: 1',
      'customers customer.parent: 1',
      'offers offer.customer: 1',
      'orders order.customer: 3',
      'orders credit_account.customer: 1',
      'invoices invoice.customer: 1',
    ]);
    assert.equal((await sales.read(pathOf(created))).customerId, stays.id, 'the order that was under way');
    assert.equal((await sales.read(`${CUSTOMERS}/${branch.id}`)).parentId, stays.id);
    const issued = await sales.read(invoice);
    assert.deepEqual([issued.customerId, issued.customerName, issued.billingAddress.city], [stays.id, 'Adler GmbH', 'Bonn']);
    const sum = (name: string): number => accounts.reduce((total, account) => total + Number(account[name] ?? 0), 0);
    await eventually('what both owe is owed by one', async () => {
      const { openOrders, receivables } = await owing(stays.id);
      return Number(openOrders) === sum('openOrders') && Number(receivables) === sum('receivables');
    });

    for (const path of [goes.id, `by/number/${goes.number}`]) assert.equal((await sales.read(`${CUSTOMERS}/${path}`)).id, stays.id);
    const found = await sales.client.get(`${CUSTOMERS}/lookup?q=${goes.number}`);
    assert.deepEqual(
      found.body.items.map(({ id }: { id: string }) => id),
      [stays.id],
    );
    const late = await sales.create('/api/offers/offers', { customerId: goes.id, lines: [] });
    assert.equal(late.customerId, stays.id);
    assert.deepEqual(await ask(installation, 'offers', 'select reason from platform.dead_letter'), []);
    const merged = (await eventsAbout(installation, 'customers', `customer/${stays.id}`)).filter(({ type }) => type === 'CustomersMerged');
    assert.deepEqual(
      merged.map(({ data }) => data),
      [{ survivorId: stays.id, mergedId: goes.id, mergedNumber: goes.number }],
    );

    const again = await sales.act(`${CUSTOMERS}/${stays.id}`, 'merge', { otherId: goes.id });
    assert.equal(again.record.version, (await sales.read(`${CUSTOMERS}/${stays.id}`)).version);
    const restored = await sales.client.post(`${CUSTOMERS}/${goes.id}/restore`);
    assert.deepEqual([restored.status, restored.body.code, restored.body.other.id], [409, 'conflict', stays.id]);
    const changed = `update records.invoice set customer = '${branch.id}' where customer = '${stays.id}'`;
    await assert.rejects(asApplication(installation, 'invoices', changed), /sealed/);
  });

  test('one after the other, whoever went first leads to the last, and nobody is merged with themselves or with nobody', async () => {
    const [first, second, last] = [
      await customerOf({ name: 'One' }),
      await customerOf({ name: 'Two' }),
      await customerOf({ name: 'Three' }),
    ];
    const offer = await sales.create('/api/offers/offers', { customerId: first.id, lines: [] });
    const said = await sales.create(`${CUSTOMERS}/${first.id}/comments`, { text: 'Rings on Mondays' });
    const { id: paper } = (await upload(sales.client, 'customers', { name: 'papers.txt', content: 'Their papers' })).body;
    for (const { id: holder } of [first, second]) await sales.create(`${CUSTOMERS}/${holder}/files`, { id: paper });
    await sales.act(`${CUSTOMERS}/${second.id}`, 'merge', { otherId: first.id });
    await sales.act(`${CUSTOMERS}/${last.id}`, 'merge', { otherId: second.id });
    await sales.until(`/api/offers/offers/${offer.id}`, 'is of the last', (record) => record.customerId === last.id);
    const { id, formerNumbers } = await sales.read(`${CUSTOMERS}/${first.id}`);
    assert.deepEqual([id, formerNumbers], [last.id, `${second.number} ${first.number}`]);
    const path = `${CUSTOMERS}/${last.id}`;
    const beside = async (what: string) => (await sales.client.get(`${path}/${what}`)).body.items;
    assert.deepEqual(
      [(await beside('comments'))[0]?.id, (await beside('files')).map((file: { id: string }) => file.id)],
      [said.id, [paper]],
    );
    const life = (await beside('timeline')).filter(({ kind }: { kind: string }) => kind !== 'change');
    assert.deepEqual(
      life.map((item: Answer['body']) => item.comment?.text ?? item.isHeld),
      [true, true, 'Rings on Mondays'],
    );
    assert.equal((await sales.client.delete(`${path}/comments/${said.id}`)).status, 204);
    assert.equal((await sales.refused(path, 'merge', { otherId: last.id })).code, 'conflict');
    assert.equal((await sales.refused(path, 'merge', { otherId: '01890a5d-ac96-774b-bcce-b302099a8057' })).code, 'not_found');
    const other = await customerOf({ name: 'Four' });
    const wrong = await sales.refused(path, 'merge', { otherId: other.id, take: ['status'] });
    assert.deepEqual([wrong.code, wrong.errors[0].field], ['invalid_value', 'take']);
    assert.equal((await sales.read(`${CUSTOMERS}/${other.id}`)).id, other.id);
  });
});
