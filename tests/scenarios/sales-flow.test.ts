import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { acceptedOffer, confirmedOrder, pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

let installation: Installation;
let sales: Sales;
let start: Start;

describe('From offer to invoice', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    start = await stocked(sales, { Chair: '1000', Desk: '3', Lamp: '0' });
  });
  after(() => installation.stop());

  test('An accepted offer becomes one order, which is delivered and invoiced, each linked to the one before and after', async () => {
    const offer = await acceptedOffer(sales, start, { Chair: '10' });
    const converted = await sales.act(offer, 'convert-to-order', { customerReference: 'PO-1' });
    const orderPath = pathOf(converted.created);
    const draft = await sales.read(orderPath);
    assert.deepEqual([draft.status, draft.number, draft.netTotal, draft.customerReference], ['draft', null, '100.00', 'PO-1']);
    assert.deepEqual((await sales.act(offer, 'convert-to-order')).created, converted.created);
    await sales.until(offer, 'points to its order', (record) => record.orderId === draft.id);

    const { record: order } = await sales.act(orderPath, 'confirm');
    assert.equal(order.status, 'open');
    assert.match(order.number, /^OR-\d{4}-00001$/);
    assert.equal(order.lines[0].reserved, '10');

    const notePath = pathOf((await sales.act(orderPath, 'create-delivery-note', {})).created);
    const note = await sales.read(notePath);
    assert.deepEqual([note.status, note.orderId, note.lines[0].quantity], ['draft', order.id, '10']);
    for (const command of ['pick', 'pack', 'ship']) await sales.act(notePath, command);
    await sales.act(notePath, 'confirm-delivery', { receivedBy: 'Eva' });
    await sales.until(orderPath, 'is to be invoiced', (record) => record.status === 'toInvoice');

    const invoicePath = pathOf((await sales.act(notePath, 'create-invoice')).created);
    const invoice = await sales.read(invoicePath);
    assert.deepEqual([invoice.status, invoice.orderId, invoice.deliveryNoteId, invoice.netTotal], ['draft', order.id, note.id, '100.00']);
    const { record: issued } = await sales.act(invoicePath, 'issue');
    assert.match(issued.number, /^IN-\d{4}-00001$/);
    assert.deepEqual([issued.customerName, issued.billingAddress.city, issued.sellerName], ['Adler GmbH', 'Bonn', 'Muster AG']);
    const done = await sales.until(orderPath, 'is completed', (record) => record.status === 'completed');
    assert.deepEqual([done.lines[0].delivered, done.lines[0].invoiced, done.openAmount], ['10', '10', '0.00']);
    await sales.until(notePath, 'is invoiced', (record) => record.percentInvoiced === '100.000000');
  });

  test('Partial deliveries and invoices add up, and never exceed what was ordered', async () => {
    const order = await confirmedOrder(sales, start, { Chair: '10' });
    const [line] = (await sales.read(order)).lines;
    const some = (quantity: string) => ({ lines: [{ orderLineId: line.id, quantity }] });
    const first = pathOf((await sales.act(order, 'create-delivery-note', some('4'))).created);
    assert.equal((await sales.refused(order, 'create-delivery-note', some('7'))).code, 'invalid_value');
    await sales.read(first);
    const lowered = await sales.client.patch(first, { lines: [{ id: (await sales.read(first)).lines[0].id, quantity: '3' }] });
    assert.equal(lowered.status, 200, JSON.stringify(lowered.body));
    const raised = await sales.client.patch(first, { lines: [{ id: (await sales.read(first)).lines[0].id, quantity: '5' }] });
    assert.equal(raised.status, 422);
    await sales.act(first, 'ship');
    const partly = await sales.until(order, 'has 3 delivered', (record) => record.lines[0].delivered === '3');
    assert.deepEqual([partly.status, partly.percentDelivered, partly.lines[0].deliveryClaimed], ['open', '30.000000', '3']);
    await sales.act(order, 'create-invoice', some('3'));
    const second = pathOf((await sales.act(order, 'create-invoice', some('7'))).created);
    assert.equal((await sales.refused(order, 'create-invoice', some('1'))).code, 'invalid_value');
    assert.equal((await sales.refused(order, 'cancel', { reason: 'no' })).code, 'in_use');
    await sales.read(second);
    await sales.act(second, 'cancel-draft');
    await sales.until(order, 'has 7 to invoice again', (record) => record.lines[0].invoiceClaimed === '3');
  });

  test('What is returned is in stock again at what it had cost, and what is credited can be invoiced again', async () => {
    const order = await confirmedOrder(sales, start, { Chair: '10' });
    const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
    await sales.read(note);
    await sales.act(note, 'ship');
    const invoice = pathOf((await sales.act(note, 'create-invoice')).created);
    await sales.read(invoice);
    await sales.act(invoice, 'issue');
    await sales.until(order, 'is completed', (record) => record.status === 'completed');
    const lineId = (await sales.read(note)).lines[0].id;
    await sales.act(note, 'return', { reason: 'wrong colour', lines: [{ lineId, quantity: '4' }] });
    const back = await sales.until(order, 'has 4 returned', (record) => record.lines[0].returned === '4');
    assert.deepEqual([back.status, back.lines[0].delivered], ['toDeliver', '6']);
    const movements = await sales.client.get(`/api/orders/stock-movements?filter[kind]=return&fields=quantity,value`);
    assert.deepEqual([movements.body.items[0].quantity, movements.body.items[0].value], ['4', '24.00']);
    const invoiceLine = (await sales.read(invoice)).lines[0].id;
    const credit = pathOf(
      (await sales.act(invoice, 'credit', { reason: 'returned', lines: [{ invoiceLineId: invoiceLine, quantity: '4' }] })).created,
    );
    assert.equal(
      (await sales.refused(invoice, 'credit', { reason: 'again', lines: [{ invoiceLineId: invoiceLine, quantity: '7' }] })).code,
      'invalid_value',
    );
    const { record: credited } = await sales.act(credit, 'issue');
    assert.deepEqual([credited.netTotal, credited.number.slice(0, 3)], ['40.00', 'CN-']);
    await sales.until(order, 'has 6 invoiced', (record) => record.lines[0].invoiced === '6');
    const rest = pathOf((await sales.act(invoice, 'credit', { reason: 'all' })).created);
    assert.equal((await sales.act(rest, 'issue')).record.netTotal, '60.00');
    assert.equal((await sales.read(invoice)).status, 'credited');
  });

  test('Stock goes to one order only; what is short waits and is reserved when goods come in, for the oldest first', async () => {
    const first = await confirmedOrder(sales, start, { Desk: '2' });
    const second = await confirmedOrder(sales, start, { Desk: '2' });
    assert.equal((await sales.read(first)).lines[0].reserved, '2');
    const waiting = await sales.read(second);
    assert.deepEqual([waiting.lines[0].reserved, waiting.isBackordered], ['1', true]);
    const problem = await sales.refused(second, 'create-delivery-note', { lines: [{ orderLineId: waiting.lines[0].id, quantity: '2' }] });
    assert.match(problem.detail, /1 are in stock for this order, not 2/);
    const warehouse = `/api/orders/warehouses/${start.warehouse.id}`;
    const counted = { productId: start.products['Desk'], counted: '1', reason: 'count' };
    assert.match((await sales.refused(warehouse, 'adjust-stock', counted)).detail, /reserved/);
    await sales.act(warehouse, 'receive-stock', { productId: start.products['Desk'], quantity: '5', unitCost: '7' });
    await sales.until(second, 'has its goods', (record) => record.lines[0].reserved === '2' && record.isBackordered === false);
    await sales.act(first, 'hold', { reason: 'unclear' });
    const stock = await sales.client.get(`/api/orders/stock-items?filter[productId]=${start.products['Desk']}`);
    assert.deepEqual([stock.body.items[0].onHand, stock.body.items[0].reserved, stock.body.items[0].available], ['8', '2', '6']);
    await sales.act(first, 'release');
    await sales.act(first, 'cancel', { reason: 'not wanted' });
    assert.equal((await sales.read(first)).status, 'cancelled');
  });

  test('A line that is taken out of a confirmed order gives back what it held, and one of another product holds that', changedLines);

  describe('Lines in other units', otherUnits);
});

async function changedLines(): Promise<void> {
  const own = await stocked(sales, { Stool: '5', Bench: '5', Shelf: '5' });
  const order = await confirmedOrder(sales, own, { Stool: '2', Bench: '3' });
  const reservedOf = async (name: string): Promise<string> => {
    const { items } = (await sales.client.get(`/api/orders/stock-items?filter[productId]=${own.products[name]}`)).body;
    return items[0].reserved ?? '0';
  };
  const holds = (wanted: readonly string[]) =>
    eventually(`holds ${wanted.join(', ')}`, async () => {
      const now = await Promise.all(['Stool', 'Bench', 'Shelf'].map(reservedOf));
      return now.every((quantity, at) => Number(quantity) === Number(wanted[at]));
    });
  await holds(['2', '3', '0']);
  const [stool, bench] = (await sales.read(order)).lines;
  const other = await sales.client.patch(order, { lines: [{ id: stool.id, productId: own.products['Shelf'] }, { id: bench.id }] });
  assert.equal(other.status, 200, JSON.stringify(other.body));
  await holds(['0', '3', '2']);
  assert.equal((await sales.client.patch(order, { lines: [{ id: stool.id }] })).status, 200);
  await holds(['0', '0', '2']);
  await sales.until(order, 'says what it holds', ({ lines }) => lines.length === 1 && lines[0].reserved === '2');
}

function otherUnits(): void {
  test('reserve, deliver and take back what their units hold, in whole boxes and without rounding', async () => {
    const box = { name: 'Box', factor: '12' };
    const nut = await sales.create('/api/offers/products', { name: 'Nut', listPrice: '0.25', unit: 'piece', units: [box] });
    const warehouse = `/api/orders/warehouses/${start.warehouse.id}`;
    await sales.act(warehouse, 'receive-stock', { productId: nut.id, quantity: '31', unitCost: '0.10' });
    const stock = async (): Promise<readonly string[]> => {
      const { body } = await sales.client.get(`/api/orders/stock-items?filter[productId]=${nut.id}`);
      const [{ onHand, reserved, available }] = body.items;
      return [onHand, reserved, available];
    };
    const lines = [{ productId: nut.id, quantity: '3', unit: 'box' }];
    const offer = await sales.create('/api/offers/offers', { customerId: start.customer.id, lines });
    const offered = `/api/offers/offers/${offer.id}`;
    assert.deepEqual([offer.lines[0].unitPrice, offer.lines[0].unitFactor], ['3', '12']);
    for (const command of ['submit', 'send', 'accept']) await sales.act(offered, command);
    const order = pathOf((await sales.act(offered, 'convert-to-order')).created);
    await sales.read(order);
    const { record: confirmed } = await sales.act(order, 'confirm');
    const [{ id: lineId, ...line }] = confirmed.lines;
    assert.deepEqual([line.unitFactor, line.reserved, confirmed.isBackordered, confirmed.netTotal], ['12', '2', true, '9.00']);
    assert.deepEqual(await stock(), ['31', '24', '7']);
    const other = await sales.client.patch(order, { lines: [{ id: lineId, unit: 'piece' }] });
    assert.deepEqual([other.status, other.body.errors[0].pointer], [422, '/lines/0/unit']);
    await sales.act(warehouse, 'receive-stock', { productId: nut.id, quantity: '6', unitCost: '0.10' });
    await sales.until(order, 'has all boxes', (record) => record.lines[0].reserved === '3' && record.isBackordered === false);
    assert.deepEqual(await stock(), ['37', '36', '1']);
    const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
    const { lines: noted } = await sales.read(note);
    assert.deepEqual([noted[0].quantity, noted[0].unit], ['3', 'box']);
    await sales.act(note, 'ship');
    await sales.until(order, 'is delivered', (record) => record.lines[0].delivered === '3' && record.lines[0].reserved === '0');
    assert.deepEqual(await stock(), ['1', '0', '1']);
    await sales.act(note, 'return', { reason: 'Too many', lines: [{ lineId: noted[0].id, quantity: '1' }] });
    await sales.until(order, 'has one box back', (record) => record.lines[0].returned === '1');
    // The order is short of it again, so it holds the box that came back.
    await eventually('holds it', async () => (await stock()).join() === '13,12,1');
    const { body } = await sales.client.get(`/api/orders/stock-movements?filter[productId]=${nut.id}&fields=kind,quantity,value&sort=at`);
    assert.deepEqual(
      body.items.slice(-2).map(({ kind, quantity, value }: Record<string, unknown>) => [kind, quantity, value]),
      [
        ['delivery', '-36', '-3.60'],
        ['return', '12', '1.20'],
      ],
    );
  });

  test('are refused by name where the product has no such unit', async () => {
    const units = [{ name: 'box', factor: '12' }];
    const bolt = await sales.create('/api/offers/products', { name: 'Bolt', unit: 'piece', units });
    const lines = [{ productId: bolt.id, quantity: '1', unit: 'crate', unitPrice: '1' }];
    for (const path of ['/api/offers/offers', '/api/orders/orders']) {
      const { status, body } = await sales.client.post(path, { customerId: start.customer.id, lines });
      assert.deepEqual([status, body.errors[0].pointer], [422, '/lines/0/unit'], JSON.stringify(body));
      assert.match(body.sentence.de, /Einheit „crate“.*piece, box/);
    }
    const twice = await sales.client.patch(`/api/offers/products/${bolt.id}`, { units: [...units, { name: 'Piece', factor: '1' }] });
    assert.deepEqual([twice.status, twice.body.errors[0].pointer], [422, '/units/1/name']);
    const nothing = await sales.client.patch(`/api/offers/products/${bolt.id}`, { units: [{ name: 'box', factor: '0' }] });
    assert.deepEqual([nothing.status, nothing.body.errors[0].pointer], [422, '/units/0/factor']);
  });
}
