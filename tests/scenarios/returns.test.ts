import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, asApplication, assertBooks } from '#tests/support/books.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { confirmedOrder, pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl());
let installation: Installation;
let sales: Sales;
let start: Start;

before(async () => {
  if (skip) return;
  installation = await startInstallation();
  sales = salesOf(installation.admin);
  start = await stocked(sales, { Chair: '1000', Desk: '100' });
});
after(() => installation?.stop());

describe('Returns', { skip }, () => {
  test('What is here is received at once: a document with its number, slip and links, and only what is as new goes into stock', async () => {
    const { order, note } = await shipped({ Chair: '10' });
    const { id: lineId } = await lineOf(note);
    const rows = [{ lineId, quantity: '3', damaged: '1', scrap: '0.5' }];
    const back = pathOf((await sales.act(note, 'return', { reason: 'Wrong colour', lines: rows })).created);
    const returned = await sales.read(back);
    assert.match(returned.number, /^RN-\d{4}-00001$/);
    assert.deepEqual([returned.status, returned.reason, `/api/orders/orders/${returned.orderId}`], ['received', 'Wrong colour', order]);
    assert.deepEqual(
      returned.lines.map(({ condition, quantity }: Record<string, unknown>) => [condition, quantity]),
      [
        ['stock', '3'],
        ['damaged', '1'],
        ['scrap', '0.5'],
      ],
    );
    const { lines } = await sales.until(order, 'counts what came back', (record) => record.lines[0].returned === '4.5');
    assert.deepEqual([lines[0].delivered, lines[0].deliveryClaimed], ['5.5', '5.5']);
    const moved = await sales.client.get(`/api/orders/stock-movements?filter[document]=${returned.id}&fields=kind,quantity,value`);
    assert.deepEqual(
      moved.body.items.map(({ id: _id, ...movement }: Record<string, unknown>) => movement),
      [{ kind: 'return', quantity: '3', value: '18.00' }],
    );
    const pdf = await sales.client.get(`${back}/pdf`);
    assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf']);
    const [told] = (await eventsAbout(installation, 'delivery_notes', `delivery_note/${returned.deliveryNoteId}`)).filter(
      ({ type }) => type === 'DeliveryReturned',
    );
    assert.deepEqual(told?.data.lines, [{ orderLineId: lines[0].id, quantity: '4.5', stocked: '3' }]);
    await assert.rejects(
      asApplication(installation, 'delivery_notes', `update records.return_note set reason = 'other' where id = '${returned.id}'`),
      /sealed/,
    );
  });

  test('What is announced waits: it is on no other return, comes in part, or not at all', async () => {
    const { order, note } = await shipped({ Desk: '10' });
    const { id: lineId } = await lineOf(note);
    const announce = async (quantity: string): Promise<string> =>
      pathOf((await sales.act(note, 'return', { reason: 'Too many', isAnnounced: true, lines: [{ lineId, quantity }] })).created);
    const first = await announce('6');
    assert.deepEqual([(await sales.read(first)).status, (await sales.read(first)).number], ['draft', null]);
    assert.equal((await sales.refused(note, 'return', { reason: 'x', lines: [{ lineId, quantity: '5' }] })).code, 'invalid_value');
    assert.equal((await sales.read(order)).lines[0].returned, null);
    const { id: rowId, ...row } = await lineOf(first);
    const added = await sales.client.patch(first, { lines: [{ id: rowId }, { description: 'Another', condition: 'scrap' }] });
    assert.equal(added.status, 422, JSON.stringify(added.body));
    assert.equal((await sales.client.patch(first, { lines: [{ id: rowId, condition: 'damaged', reason: 'Scratched' }] })).status, 200);
    const tooMuch = await sales.refused(first, 'receive', { lines: [{ lineId: rowId, quantity: '5', scrap: '2' }] });
    assert.match(tooMuch.errors[0].message, /6 were announced, not 7/);
    assert.equal((await sales.refused(first, 'receive', { lines: [{ lineId: rowId, quantity: '0' }] })).code, 'wrong_state');
    await sales.act(first, 'receive', { lines: [{ lineId: rowId, quantity: '4' }] });
    assert.deepEqual([row.announced, (await lineOf(first)).quantity, (await lineOf(first)).condition], ['6', '4', 'damaged']);
    await sales.until(order, 'counts the four', (record) => record.lines[0].returned === '4');
    assert.deepEqual([(await lineOf(note)).returned, (await lineOf(note)).returnClaimed], ['4', '4']);
    const second = await announce('6');
    await sales.act(second, 'cancel', { reason: 'They keep them' });
    assert.equal((await lineOf(note)).returnClaimed, '4');
    assert.equal((await sales.refused(second, 'receive')).code, 'wrong_state');
  });

  test('Twenty returns at once never take back more than was delivered; the database holds it too', async () => {
    const { order, note } = await shipped({ Chair: '10' });
    const { id: lineId } = await lineOf(note);
    const input = { reason: 'All at once', lines: [{ lineId, quantity: '3' }] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => sales.patiently(`${note}/actions/return`, input)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 3);
    assert.ok(answers.every(({ status }) => status === 200 || status === 422));
    await sales.until(order, 'has nine returned', (record) => record.lines[0].returned === '9' && record.lines[0].delivered === '1');
    for (const [service, sql] of [
      ['delivery_notes', `update records.delivery_note_line set returned = shipped + 1 where id = '${lineId}'`],
      ['delivery_notes', `update records.delivery_note_line set return_claimed = shipped + 1 where id = '${lineId}'`],
      ['orders', `update records.claim_line set returned = done + 1 where returned = 9`],
    ] as const)
      await assert.rejects(asApplication(installation, service, sql), /The count/, sql);
  });

  test('What was refused at the door is a return, and a note of which everything came back is returned', async () => {
    const { order, note } = await shipped({ Desk: '2' });
    const { id: lineId } = await lineOf(note);
    const { created } = await sales.act(note, 'confirm-delivery', { receivedBy: 'Eva', remark: 'Torn', lines: [{ lineId, refused: '2' }] });
    assert.deepEqual([(await sales.read(pathOf(created))).reason, (await sales.read(note)).status], ['Torn', 'returned']);
    await sales.until(order, 'is open again', (record) => record.lines[0].returned === '2' && record.lines[0].delivered === '0');
  });
});

describe('Credit notes of returns', { skip }, () => {
  test('A return is credited once, as far as it was invoiced; parts add up to the invoice, and it is closed when all of it is credited', async () => {
    const { note } = await shipped({ Chair: '3' });
    const invoice = await invoiced(note);
    const { id: lineId } = await lineOf(note);
    const nets: string[] = [];
    for (const quantity of ['1', '2']) {
      const back = pathOf((await sales.act(note, 'return', { reason: 'Late', lines: [{ lineId, quantity }] })).created);
      const asked = await Promise.all(Array.from({ length: 3 }, () => sales.patiently(`${back}/actions/create-credit-note`, {})));
      assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([200]), JSON.stringify(asked.map(({ body }) => body)));
      const [first, ...others] = asked.map(({ body }) => pathOf(body.created));
      assert.ok(first && others.every((path) => path === first));
      const discarded = quantity === '1' ? first : null;
      if (discarded) await sales.act(discarded, 'cancel-draft');
      const credit = pathOf((await sales.act(back, 'create-credit-note')).created);
      assert.equal(credit === first, discarded === null);
      const { record } = await sales.act(credit, 'issue');
      nets.push(record.netTotal);
      assert.equal(record.returnNoteId, back.split('/').at(-1));
      const closed = await sales.until(back, 'is closed', ({ status }) => status === 'closed');
      assert.deepEqual([closed.percentCredited, `/api/invoices/credit-notes/${closed.creditNoteId}`], ['100.000000', credit]);
      assert.equal((await sales.refused(back, 'create-credit-note')).code, 'wrong_state');
    }
    assert.deepEqual([nets, (await sales.read(invoice)).status], [['10.00', '20.00'], 'credited']);
  });

  test('What was never invoiced, or is credited already, is not credited again', async () => {
    const { order, note } = await shipped({ Chair: '10' });
    const { id: lineId, orderLine } = await lineOf(note);
    const invoice = await invoiced(order, { lines: [{ orderLineId: orderLine, quantity: '7' }] });
    const back = async (quantity: string): Promise<string> =>
      pathOf((await sales.act(note, 'return', { reason: 'Not wanted', lines: [{ lineId, quantity }] })).created);
    const never = await back('3');
    assert.match((await sales.refused(never, 'create-credit-note')).detail, /nothing to credit/);
    await sales.act(never, 'close');
    const partly = await back('4');
    const { id: invoiceLineId } = await lineOf(invoice);
    await sales.act(invoice, 'credit', { reason: 'by hand', lines: [{ invoiceLineId, quantity: '1' }] });
    const credit = pathOf((await sales.act(partly, 'create-credit-note')).created);
    assert.equal((await lineOf(credit)).quantity, '3');
    const garbage = [{ orderLineId: 'x', quantity: '1', kept: '0' }];
    const refused = await sales.client.post('/api/invoices/credit-notes/actions/create-for-return', {
      returnNote: partly.split('/').at(-1),
      quantities: garbage,
    });
    assert.equal(refused.status, 422, JSON.stringify(refused.body));
  });

  test('The books agree, and the stock is worth what its movements say', async () => {
    await assertBooks(installation);
    const [open] = await ask(installation, 'delivery_notes', `select count(*)::int as notes from records.return_note where number is null`);
    assert.equal(open?.['notes'], 1);
  });
});

/** An order that has left with one delivery note: the paths of both. */
async function shipped(quantities: Readonly<Record<string, string>>): Promise<{ order: string; note: string }> {
  const order = await confirmedOrder(sales, start, quantities);
  const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
  await sales.read(note);
  await sales.act(note, 'ship');
  await sales.until(order, 'is delivered', (record) => record.percentDelivered === '100.000000');
  return { order, note };
}

async function lineOf(path: string) {
  return (await sales.read(path)).lines[0];
}

async function invoiced(from: string, input: unknown = {}): Promise<string> {
  const invoice = pathOf((await sales.act(from, 'create-invoice', input)).created);
  await sales.read(invoice);
  await sales.act(invoice, 'issue');
  return invoice;
}
