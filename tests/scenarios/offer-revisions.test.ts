import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '#tests/support/books.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

describe('An offer that is over', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let customerId: string;
  let productId: string;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    customerId = (await sales.create('/api/customers/customers', { name: 'Adler AG', billingAddress: { country: 'DE' } })).id;
    productId = (await sales.create('/api/offers/products', { name: 'Tea', unit: 'box', listPrice: '6' })).id;
    const field = await installation.admin.post('/api/platform/objects/offer/fields', {
      name: 'costCenter',
      label: 'Cost center',
      type: 'text',
    });
    assert.equal(field.status, 201);
  });
  after(() => installation.stop());

  const sent = async (values: object = {}): Promise<string> => {
    const lines = [
      { productId, quantity: '3' },
      { description: 'Set-up', quantity: '1', unitPrice: '50', vatCategory: 'Z' },
    ];
    const offer = await sales.create('/api/offers/offers', { customerId, subject: 'Tea for all', costCenter: 'K-1', lines, ...values });
    const path = `/api/offers/offers/${offer.id}`;
    for (const command of ['submit', 'send']) await sales.act(path, command);
    return path;
  };
  const told = async (type: string): Promise<readonly unknown[]> =>
    (await ask(installation, 'offers', `select data from platform.outbox where type = '${type}' order by position`)).map(
      ({ data }) => data,
    );

  test('expires the day after its last, unless it was decided; and is not accepted any more', async () => {
    const [late, inTime, open, declined] = [
      await sent({ date: YESTERDAY, validUntil: YESTERDAY }),
      await sent({ validUntil: NEXT_WEEK }),
      await sent(),
      await sent({ date: YESTERDAY, validUntil: YESTERDAY }),
    ];
    assert.match((await sales.refused(late, 'accept')).detail, /was valid until/);
    await sales.act(declined, 'decline', { reason: 'Too much tea' });
    await runScheduled(installation, 'offers', 'expire');
    await runScheduled(installation, 'offers', 'expire');
    const states = await Promise.all([late, inTime, open, declined].map(async (path) => (await sales.read(path)).status));
    assert.deepEqual(states, ['expired', 'sent', 'sent', 'declined']);
    assert.deepEqual(await told('OfferExpired'), [{ offerId: late.split('/').at(-1), validUntil: YESTERDAY }]);
    assert.equal((await sales.refused(late, 'accept')).code, 'wrong_state');
  });

  test('is revised: the new draft offers the same, each leads to the other, and the old one cannot be accepted', async () => {
    const path = await sent({ validUntil: NEXT_WEEK });
    const old = await sales.read(path);
    const { record, created } = await sales.act(path, 'revise');
    const draft = await sales.read(`/api/offers/offers/${created[0].id}`);
    assert.deepEqual([record.status, record.revisedAsId, record.netTotal], ['superseded', draft.id, old.netTotal]);
    assert.deepEqual(
      [draft.status, draft.number, draft.revision, draft.revisionOfId, draft.subject, draft.costCenter, draft.validUntil, draft.sentAt],
      ['draft', `${old.number}-2`, 2, old.id, 'Tea for all', 'K-1', null, null],
    );
    assert.deepEqual([draft.netTotal, draft.taxTotal, draft.grossTotal], [old.netTotal, old.taxTotal, old.grossTotal]);
    const shown = (lines: readonly Record<string, unknown>[]) =>
      lines.map((line) => [line['unitPrice'], line['priceSteps'], line['vatCategory'], line['vatBasis']]);
    assert.deepEqual(shown(draft.lines), shown(old.lines));
    assert.deepEqual((await sales.act(path, 'revise')).created, created);
    assert.equal((await sales.refused(path, 'accept')).code, 'wrong_state');
    assert.deepEqual(await told('OfferRevised'), [{ offerId: old.id, revisionId: draft.id, revision: 2 }]);
  });

  test('keeps its first number over all revisions, and they take none from the series', async () => {
    const first = await sent();
    const { number } = await sales.read(first);
    const second = `/api/offers/offers/${(await sales.act(first, 'revise')).created[0].id}`;
    for (const command of ['submit', 'send', 'decline'])
      await sales.act(second, command, command === 'decline' ? { reason: 'Dearer' } : {});
    const third = await sales.read(`/api/offers/offers/${(await sales.act(second, 'revise')).created[0].id}`);
    assert.deepEqual([(await sales.read(second)).number, third.number, third.revision], [`${number}-2`, `${number}-3`, 3]);
    const next = await sales.read(await sent());
    assert.equal(Number(next.number.slice(-5)), Number(number.slice(-5)) + 1);
  });

  test('is revised only once it was sent', async () => {
    const draft = await sales.create('/api/offers/offers', { customerId, lines: [] });
    assert.equal((await sales.refused(`/api/offers/offers/${draft.id}`, 'revise')).code, 'wrong_state');
  });
});
