import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pathOf, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const FRENCH = { vatNumber: 'FR40303265045', vatNumberCheckedOn: '2026-01-07', billingAddress: { city: 'Lyon', country: 'FR' } };

describe('VAT from offer to credit note', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let products: { chair: string; book: string; advice: string };
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    await stocked(sales, { Stool: '1' });
    const product = async (values: object) => (await sales.create('/api/offers/products', { listPrice: '10.05', ...values })).id;
    products = {
      chair: await product({ name: 'Chair', kind: 'goods' }),
      book: await product({ name: 'Book', kind: 'goods', taxCategory: 'reduced' }),
      advice: await product({ name: 'Advice', kind: 'service' }),
    };
  });
  after(() => installation.stop());

  /** A customer whom offers, orders and invoices know of. */
  const customerOf = async (values: object): Promise<string> => {
    const { id } = await sales.create('/api/customers/customers', { name: 'Adler', ...values });
    for (const path of ['/api/offers/offers', '/api/orders/orders', '/api/invoices/invoices'])
      await eventually('the mirror of a customer', async () => {
        const probe = await sales.create(path, { customerId: id, lines: [{ productId: products.chair, quantity: '1' }] });
        return !(probe.vatBasis ?? []).some((basis: string) => basis.startsWith('no-'));
      });
    return id;
  };
  const lines = () => Object.values(products).map((productId) => ({ productId, quantity: '3' }));

  test('is decided on the offer, and offer, order, invoice and credit note have the same', async () => {
    const customerId = await customerOf({ billingAddress: { city: 'Bonn', country: 'DE' } });
    const offer = await sales.create('/api/offers/offers', { customerId, lines: lines() });
    assert.deepEqual(
      offer.lines.map((line: { vatCategory: string; vatRate: string }) => `${line.vatCategory} ${line.vatRate}`),
      ['S 19', 'S 7', 'S 19'],
    );
    const sums = ['90.45', '13.57', '104.02'];
    assert.deepEqual([offer.netTotal, offer.taxTotal, offer.grossTotal, offer.vatBasis], [...sums, ['domestic']]);
    assert.deepEqual(
      offer.vat.map((group: { vatRate: string; taxableAmount: string; taxAmount: string }) => [
        group.vatRate,
        group.taxableAmount,
        group.taxAmount,
      ]),
      [
        ['19', '60.30', '11.46'],
        ['7', '30.15', '2.11'],
      ],
    );
    const path = `/api/offers/offers/${offer.id}`;
    for (const command of ['submit', 'send', 'accept']) await sales.act(path, command);
    const order = pathOf((await sales.act(path, 'convert-to-order')).created);
    const draft = await sales.read(order);
    assert.deepEqual([draft.netTotal, draft.taxTotal, draft.grossTotal, draft.vatBasis], [...sums, ['domestic']]);
    await sales.act(order, 'confirm');
    const invoice = pathOf((await sales.act(order, 'create-invoice')).created);
    const read = await sales.read(invoice);
    assert.deepEqual([read.netTotal, read.taxTotal, read.grossTotal, read.vatBasis], [...sums, ['domestic']]);
    const { record: issued } = await sales.act(invoice, 'issue');
    assert.equal(issued.customerName, 'Adler');
    const note = await sales.read(pathOf((await sales.act(invoice, 'credit', { reason: 'All back' })).created));
    assert.deepEqual([note.netTotal, note.taxTotal, note.grossTotal], sums);
  });

  test('is none for a business elsewhere in the Union whose number was checked, until that number changes', async () => {
    const customerId = await customerOf(FRENCH);
    const offer = await sales.create('/api/offers/offers', { customerId, lines: lines() });
    assert.deepEqual(
      offer.lines.map((line: { vatCategory: string; vatExemptionCode: string }) => [line.vatCategory, line.vatExemptionCode]),
      [
        ['K', 'VATEX-EU-IC'],
        ['K', 'VATEX-EU-IC'],
        ['AE', 'VATEX-EU-AE'],
      ],
    );
    assert.deepEqual([offer.taxTotal, offer.vatBasis], ['0.00', ['intra-community', 'reverse-charge']]);
    const changed = await sales.client.patch(`/api/customers/customers/${customerId}`, { vatNumber: 'FR83404833048' });
    assert.equal(changed.body.vatNumberCheckedOn, null);
    await eventually('the offer hears that the number is not checked', async () => {
      const { body } = await sales.client.patch(`/api/offers/offers/${offer.id}`, { subject: String(Date.now()) });
      return body.taxTotal === '13.57';
    });
  });

  test('that somebody chose stays on the way, and is decided again where it is emptied', async () => {
    const customerId = await customerOf({ billingAddress: { city: 'Bonn', country: 'DE' } });
    const offer = await sales.create('/api/offers/offers', {
      customerId,
      lines: [{ productId: products.chair, quantity: '1', vatCategory: 'Z', vatRate: '0' }],
    });
    assert.deepEqual([offer.taxTotal, offer.vatBasis], ['0.00', ['by-hand']]);
    const path = `/api/offers/offers/${offer.id}`;
    const emptied = await sales.client.patch(path, { linesPatch: { upsert: [{ id: offer.lines[0].id, vatCategory: null }] } });
    assert.deepEqual([emptied.body.taxTotal, emptied.body.vatBasis], ['1.91', ['domestic']]);
    const chosen = await sales.client.patch(path, { linesPatch: { upsert: [{ id: offer.lines[0].id, vatRate: '7' }] } });
    assert.deepEqual([chosen.body.taxTotal, chosen.body.vatBasis], ['0.70', ['by-hand']]);
    for (const command of ['submit', 'send', 'accept']) await sales.act(path, command);
    const order = await sales.read(pathOf((await sales.act(path, 'convert-to-order')).created));
    assert.deepEqual([order.taxTotal, order.vatBasis], ['0.70', ['by-hand']]);
  });

  test('has a default and says so where country or product are not known', async () => {
    const { id } = await sales.create('/api/customers/customers', { name: 'Unknown' });
    const made = await sales.create('/api/invoices/invoices', {
      customerId: id,
      lines: [{ description: 'Repair', quantity: '1', unitPrice: '100' }],
    });
    assert.deepEqual([made.taxTotal, made.grossTotal, made.vatBasis], ['19.00', '119.00', ['domestic', 'no-country', 'no-product']]);
  });
});
