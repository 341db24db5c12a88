import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asApplication } from '#tests/support/books.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const INVOICES = '/api/invoices/invoices';

describe('Collection', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let customer: { id: string };
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    customer = await sales.create('/api/customers/customers', { name: 'Adler GmbH', currency: 'EUR' });
  });
  after(() => installation.stop());

  const draft = (net: string, more: object = {}) =>
    sales.create(INVOICES, {
      customerId: customer.id,
      lines: [{ description: 'Work', unitPrice: net, vatCategory: 'S', vatRate: '19' }],
      ...more,
    });

  test('A draft has its payment schedule from its terms; changed by hand it must add up; issued it is sealed', async () => {
    const wrong = { name: 'Wrong', days: 0, instalments: [{ percent: '60', days: 0 }] };
    const refused = await sales.client.post('/api/invoices/payment-terms', wrong);
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/instalments']);
    const terms = await sales.create('/api/invoices/payment-terms', {
      name: 'In two parts',
      days: 0,
      instalments: [
        { percent: '30', days: 0 },
        { percent: '70', days: 30, discountPercent: '2', discountDays: 10 },
      ],
    });
    const made = await draft('100', { paymentTermsId: terms.id, date: '2026-01-20' });
    const amounts = (invoice: { paymentSchedule: { amount: string; dueDate: string; discountAmount: string | null }[] }) =>
      invoice.paymentSchedule.map(({ amount, dueDate, discountAmount }) => [amount, dueDate, discountAmount]);
    assert.deepEqual(amounts(made), [
      ['35.70', '2026-01-20', null],
      ['83.30', '2026-02-19', '1.67'],
    ]);
    assert.deepEqual([made.dueDate, made.isScheduleByHand], ['2026-02-19', false]);
    const path = `${INVOICES}/${made.id}`;
    const same = await sales.client.patch(path, { customerReference: 'PO 1' });
    assert.deepEqual(same.body.paymentSchedule, made.paymentSchedule);
    const short = await sales.client.patch(path, { paymentSchedule: [{ dueDate: '2026-03-01', amount: '100' }] });
    assert.deepEqual([short.status, short.body.errors[0].pointer], [422, '/paymentSchedule']);
    const byHand = await sales.client.patch(path, { paymentSchedule: [{ dueDate: '2099-03-01', amount: '119' }] });
    assert.deepEqual([byHand.body.isScheduleByHand, byHand.body.dueDate], [true, '2099-03-01']);
    const { record: issued } = await sales.act(path, 'issue');
    assert.deepEqual(amounts(issued), [['119.00', '2099-03-01', null]]);
    assert.equal((await sales.client.patch(path, { paymentSchedule: [] })).status, 409);
    const sql = `update records.invoice_instalment set due_date = '2100-01-01' where parent_id = '${made.id}'`;
    await assert.rejects(asApplication(installation, 'invoices', sql), /sealed/);
  });
});
