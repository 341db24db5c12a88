import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { keepShipped } from '#platform/data/shipped/keep-shipped.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const RATES = '/api/invoices/tax-rates';
const RULES = '/api/invoices/tax-rules';

let installation: Installation;
let sales: Sales;
let start: Start;

const skip = skipReason(testDatabaseUrl());
before(async () => {
  if (skip) return;
  installation = await startInstallation();
  sales = salesOf(installation.admin);
  start = await stocked(sales, { Stool: '10' });
  const above = await sales.create('/api/customers/customer-groups', { name: 'Public' });
  const { id: groupId } = await sales.create('/api/customers/customer-groups', { name: 'Libraries', parentId: above.id });
  await sales.client.patch(`/api/customers/customers/${start.customer.id}`, { groupId });
});
after(() => installation?.stop());

const lines = () => [{ productId: start.products['Stool'], quantity: '1' }];
const made =
  (path: string) =>
  (values: object = {}) =>
    sales.create(path, { customerId: start.customer.id, lines: lines(), ...values });
const [offered, ordered, invoiced] = [made('/api/offers/offers'), made('/api/orders/orders'), made('/api/invoices/invoices')];
const rateOf = (document: { lines: readonly { vatRate: string }[] }) => document.lines[0]?.vatRate;

describe('Tax rates are data', { skip }, () => {
  test('The rates of the Union are there, and the documents of every service stand on them', async () => {
    const { body } = await eventually('the shipped rates', async () => {
      const answer = await sales.client.get(`${RATES}?count=exact&limit=1000&fields=country,kind,percent,validFrom,name`);
      return answer.body.count > 0 && answer;
    });
    assert.equal(new Set(body.items.map(({ country }: { country: string }) => country)).size, 27);
    assert.ok(body.items.some(({ name }: { name: string }) => name === 'DE 16 % standard (2020-07-01)'));
    for (const make of [offered, ordered])
      await eventually('a line that names its rate', async () => {
        const [line] = (await make()).lines;
        return line.vatRateSourceId && line.vatSteps.some(({ name }: { name?: string }) => name === 'DE 19 % standard (2021-01-01)');
      });
  });

  test('On no day two rates of one kind: the database refuses it, in the reader’s language, also at the same time', async () => {
    const second = { country: 'DE', kind: 'standard', percent: '20', validFrom: '2031-01-01' };
    const refused = await sales.client.post(RATES, second);
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /already a Tax rate of the same Country, Kind/);
    assert.deepEqual(
      refused.body.errors.map(({ field }: { field: string }) => field),
      ['validFrom', 'validUntil'],
    );
    assert.match(refused.body.errors[0].sentence.de, /Es gibt schon einen Eintrag mit demselben Wert/);
    const norwegian = { country: 'NO', kind: 'standard', percent: '25', validFrom: '2020-01-01' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => sales.client.post(RATES, norwegian)));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((one, other) => one - other),
      [201, 409, 409, 409],
    );
    const backwards = await sales.client.post(RATES, { ...norwegian, validFrom: '2019-01-01', validUntil: '2018-01-01' });
    assert.deepEqual([backwards.status, backwards.body.errors[0].field], [422, 'validUntil']);
    assert.equal((await sales.client.post(RATES, { ...norwegian, validFrom: '2018-01-01', validUntil: '2019-12-31' })).status, 201);
  });

  test('A rate that an administrator changes holds for new documents everywhere', async () => {
    const list = await sales.client.get(`${RATES}?filter[country]=AT&filter[kind]=standard&fields=id`);
    const [austrian] = list.body.items;
    const customer = await sales.create('/api/customers/customers', { name: 'Wien', billingAddress: { country: 'AT' } });
    const [company] = (await sales.client.get('/api/platform/companies')).body.items;
    assert.equal((await sales.client.patch(`/api/platform/companies/${company.id}`, { usesOneStopShop: true })).status, 200);
    assert.equal((await sales.client.patch(`${RATES}/${austrian.id}`, { percent: '20.5' })).status, 200);
    for (const make of [offered, ordered])
      await eventually('the changed rate', async () => rateOf(await make({ customerId: customer.id })) === '20.5');
  });

  test('A newer product brings its rates, but for what an administrator has changed, deleted or has in their place', async () => {
    const store = installation.running.services.find(({ name }) => name === 'invoices')?.store;
    assert.ok(store);
    const rate = (until: string | null, percent: string) => ({
      key: `IS/${percent}`,
      values: { country: 'IS', kind: 'standard', percent, validFrom: percent === '24' ? '2020-01-01' : '2030-01-01', validUntil: until },
    });
    const refused: string[] = [];
    const ship = (records: readonly ReturnType<typeof rate>[]) =>
      keepShipped(store, [{ object: 'tax_rate', records }], (key) => refused.push(key));
    const there = async () =>
      (await sales.client.get(`${RATES}?filter[country]=IS&fields=id,percent,validUntil,source&sort=validFrom`)).body.items;
    await Promise.all([ship([rate(null, '24')]), ship([rate(null, '24')])]);
    const [first] = await there();
    assert.deepEqual([(await there()).length, first.validUntil], [1, null]);
    await sales.client.patch(`${RATES}/${first.id}`, { source: 'Our own' });
    await ship([rate('2029-12-31', '24'), rate(null, '25')]);
    assert.deepEqual(
      (await there()).map((one: Record<string, string>) => [one['percent'], one['validUntil'], one['source']]),
      [
        ['24', '2029-12-31', 'Our own'],
        ['25', null, null],
      ],
    );
    await sales.client.patch(`${RATES}/${first.id}`, { validUntil: '2028-12-31' });
    await ship([rate('2029-06-30', '24'), rate(null, '25')]);
    assert.equal((await there())[0].validUntil, '2028-12-31');
    const overlapping = { ...rate(null, '26'), key: 'IS/26' };
    await ship([rate('2029-06-30', '24'), rate(null, '25'), overlapping]);
    assert.deepEqual([refused, (await there()).length], [['IS/26'], 2]);
    const [, second] = await there();
    await sales.client.delete(`${RATES}/${second.id}`);
    await ship([rate('2029-06-30', '24'), rate('2035-12-31', '25')]);
    assert.equal((await there()).length, 1);
  });
});

describe('Tax rules are data', { skip }, () => {
  test('A rule wins over the directive, for a group with all below it, and the line says which and why', async () => {
    const above = (await sales.client.get('/api/customers/customer-groups?filter[name]=Public')).body.items[0];
    const rule = await sales.create(RULES, {
      name: 'Libraries',
      vatCategory: 'S',
      rateKind: 'reduced',
      customerGroupIds: [above.id],
      country: 'DE',
    });
    for (const make of [offered, ordered, invoiced]) {
      const [line] = await eventually('the rule', async () => {
        const document = await make();
        return document.vatBasis.includes('tax-rule') && document.lines;
      });
      assert.deepEqual([line.vatCategory, line.vatRate, line.vatRuleId], ['S', '7', rule.id]);
      assert.deepEqual(
        line.vatSteps.map(({ step, name }: { step: string; name?: string }) => (name ? `${step}: ${name}` : step)),
        ['tax-rule: Libraries', 'limit-customer-group', 'limit-country', 'rate: DE 7 % reduced (2021-01-01)'],
      );
    }
  });

  test('Two equal rules are an error that names both; one of a higher priority decides', async () => {
    const second = await sales.create(RULES, {
      name: 'Ruling 7',
      vatCategory: 'E',
      exemptionReason: 'Ruling 7',
      customerIds: [start.customer.id],
    });
    const refused = await eventually('the conflict', async () => {
      const answer = await sales.client.post('/api/offers/offers', { customerId: start.customer.id, lines: lines() });
      return answer.status !== 201 && answer;
    });
    assert.deepEqual([refused.status, refused.body.rules.length], [422, 2]);
    assert.match(refused.body.detail, /“Libraries” and “Ruling 7” hold both and have the same priority, 10/);
    await sales.client.patch(`${RULES}/${second.id}`, { priority: 20 });
    const [line] = await eventually('the higher one', async () => {
      const { status, body } = await sales.client.post('/api/offers/offers', { customerId: start.customer.id, lines: lines() });
      return status === 201 && body.lines;
    });
    assert.deepEqual([line.vatCategory, line.vatRate, line.vatExemptionReason], ['E', '0', 'Ruling 7']);
    for (const [wrong, field] of [
      [{ vatCategory: 'S' }, 'percent'],
      [{ vatCategory: 'S', percent: '7', rateKind: 'reduced' }, 'percent'],
      [{ vatCategory: 'E' }, 'exemptionReason'],
      [{ vatCategory: 'Z', validFrom: '2026-02-01', validUntil: '2026-01-01' }, 'validUntil'],
    ] as const) {
      const answer = await sales.client.post(RULES, { name: 'Wrong', ...wrong });
      assert.deepEqual([answer.status, answer.body.errors?.[0]?.field], [422, field]);
    }
    await sales.client.patch(`${RULES}/${second.id}`, { active: false });
    const all = await sales.client.get(`${RULES}?filter[name]=Libraries`);
    await sales.client.patch(`${RULES}/${all.body.items[0].id}`, { active: false });
    for (const make of [offered, ordered]) await eventually('no rule any more', async () => rateOf(await make()) === '19');
  });

  test('An invoice has the VAT of the day of supply, and says what the order had', async () => {
    const order = await ordered({ date: '2020-06-15', deliveryDate: '2020-06-20' });
    assert.equal(rateOf(order), '19');
    const path = `/api/orders/orders/${order.id}`;
    await sales.act(path, 'confirm');
    const invoice = await sales.read(pathOf((await sales.act(path, 'create-invoice')).created));
    assert.deepEqual([invoice.deliveryDate, invoice.orderVatDay, invoice.grossTotal], ['2020-06-20', '2020-06-20', '11.90']);
    const at = `/api/invoices/invoices/${invoice.id}`;
    const later = (await sales.client.patch(at, { deliveryDate: '2020-07-02' })).body;
    assert.deepEqual(
      [rateOf(later), later.taxTotal, later.grossTotal, later.vatBasis],
      ['16', '1.60', '11.60', ['day-of-supply', 'domestic']],
    );
    assert.deepEqual(later.lines[0].vatSteps[0], { step: 'ordered', day: '2020-06-20', vatCategory: 'S', percent: '19' });
    const { record: issued } = await sales.act(at, 'issue');
    assert.deepEqual([issued.taxTotal, issued.grossTotal, issued.outstanding], ['1.60', '11.60', '11.60']);
    const item = await sales.until(`/api/payments/open-items/${issued.id}`, 'is open', () => true);
    assert.equal(item.amount, '11.60');
  });
});
