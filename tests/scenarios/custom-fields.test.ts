import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const COST_CENTER = { name: 'costCenter', label: 'Cost center', type: 'text' };
const ENGRAVING = { name: 'engraving', label: 'Engraving', type: 'text' };
const CONSULTANT = { name: 'consultant', label: 'Consultant', type: 'user' };

describe('Fields that administrators have added', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let start: Start;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    start = await stocked(sales, { Chair: '100' });
    for (const object of ['offer', 'order', 'delivery_note', 'invoice', 'credit_note']) await add(object, COST_CENTER);
    for (const object of ['offer_line', 'order_line', 'delivery_note_line', 'invoice_line', 'credit_note_line'])
      await add(object, ENGRAVING);
    for (const object of ['offer', 'order']) await add(object, CONSULTANT);
    await add('offer', { name: 'grade', label: 'Grade', type: 'decimal' });
    await add('order', { name: 'grade', label: 'Grade', type: 'text' });
    await add('offer', { name: 'region', label: 'Region', type: 'select', options: ['north', 'south'] });
    await add('order', { name: 'region', label: 'Region', type: 'select', options: ['north'] });
    await add('offer', { name: 'aside', label: 'Aside', type: 'text' });
    await add('offer', { name: 'contractKey', label: 'Contract', type: 'text', unique: true });
    await add('order', { name: 'contractKey', label: 'Contract', type: 'text', unique: true });
  });
  after(() => installation.stop());

  const add = async (object: string, field: object): Promise<void> => {
    const { status, body } = await installation.admin.post(`/api/platform/objects/${object}/fields`, field);
    assert.equal(status, 201, JSON.stringify(body));
  };

  test('go from the offer to order, delivery note, invoice and credit note, where these have the same field', async () => {
    const me = (await installation.admin.get('/api/platform/me')).body.user.id;
    const offer = await sales.create('/api/offers/offers', {
      customerId: start.customer.id,
      costCenter: 'K-17',
      consultantId: me,
      grade: '1.5',
      region: 'south',
      aside: 'ours alone',
      contractKey: 'C-1',
      lines: [
        { productId: start.products['Chair'], quantity: '2', engraving: 'To Ada' },
        { productId: start.products['Chair'], quantity: '3' },
      ],
    });
    const path = `/api/offers/offers/${offer.id}`;
    for (const command of ['submit', 'send', 'accept']) await sales.act(path, command);
    const orderPath = pathOf((await sales.act(path, 'convert-to-order')).created);
    const order = await sales.read(orderPath);
    const engravings = (record: { lines: readonly { engraving: string | null }[] }) => record.lines.map((line) => line.engraving);
    assert.deepEqual([order.costCenter, order.consultantId, engravings(order)], ['K-17', me, ['To Ada', null]]);
    assert.deepEqual([order.grade, order.region, order.contractKey, 'aside' in order], [null, null, null, false]);

    await sales.act(orderPath, 'confirm');
    const note = await sales.read(pathOf((await sales.act(orderPath, 'create-delivery-note')).created));
    assert.deepEqual([note.costCenter, engravings(note)], ['K-17', ['To Ada', null]]);
    const invoicePath = pathOf((await sales.act(orderPath, 'create-invoice')).created);
    const invoice = await sales.read(invoicePath);
    assert.deepEqual([invoice.costCenter, engravings(invoice)], ['K-17', ['To Ada', null]]);
    await sales.act(invoicePath, 'issue');
    const credit = await sales.read(pathOf((await sales.act(invoicePath, 'credit', { reason: 'All back' })).created));
    assert.deepEqual([credit.costCenter, engravings(credit)], ['K-17', ['To Ada', null]]);
  });
});
