import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { asApplication, ask, heldOutbox } from '#tests/support/books.ts';
import type { Client } from '#tests/support/client.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { pathOf, salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const CUSTOMERS = '/api/customers/customers';
const RUNS = '/api/invoices/dunning-runs';
const NOTICES = '/api/invoices/dunning-notices';

let installation: Installation;
let sales: Sales;
let billing: Billing;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  installation = await startInstallation();
  sales = salesOf(installation.admin);
  billing = await billingOf(installation, sales);
});
after(() => installation?.stop());

describe('A dunning run', { skip: skipReason(testDatabaseUrl()) }, () => {
  const notices = async (customerId: string) =>
    (await sales.client.get(`${NOTICES}?filter[customerId]=${customerId}&sort=createdAt`)).body.items;

  test('finds who is late, lets lines be taken out, writes one letter per customer, and raises their level by one', async () => {
    const level = await eventually(
      'the standard policy',
      async () => (await sales.client.get('/api/invoices/dunning-levels?sort=daysOverdue')).body.items?.[0],
    );
    await sales.client.patch(`/api/invoices/dunning-levels/${level.id}`, { fee: '5', interestPercent: '9.12', channel: 'letter' });
    const unknown = await sales.client.patch(`/api/invoices/dunning-levels/${level.id}`, { textEn: 'Pay {everything}' });
    assert.deepEqual([unknown.status, unknown.body.errors[0].pointer], [422, '/textEn']);
    const late = await sales.create(CUSTOMERS, { name: 'Late Ltd', language: 'en' });
    const blocked = await sales.create(CUSTOMERS, { name: 'Promised Ltd' });
    await sales.create('/api/invoices/customer-dunnings', { customerId: blocked.id, blockedUntil: '2099-01-01', reason: 'promised' });
    const invoices = [
      await billing.issuedBefore(45, '1000', late),
      await billing.issuedBefore(10, '100', late),
      await billing.issuedBefore(10, '50', late),
    ];
    await billing.issuedBefore(3, '70', late);
    await billing.issuedBefore(20, '80', blocked);
    await sales.act(await billing.issuedBefore(30, '90', late), 'dispute', { reason: 'no' });
    const run = await sales.create(RUNS, {});
    const mine = run.lines.filter(({ customerId }: { customerId: string }) => customerId === late.id);
    assert.deepEqual(
      mine.map((line: Line) => [line.level, line.overdue, line.fee]),
      [
        [1, '1190.00', '5.00'],
        [1, '119.00', '5.00'],
        [1, '59.50', '5.00'],
      ],
    );
    assert.ok(run.lines.every(({ customerId }: { customerId: string }) => customerId !== blocked.id));
    const [letter] = run.letters.filter(({ customer: name }: { customer: string }) => name === 'Late Ltd');
    assert.deepEqual([letter.invoices, letter.outstanding, letter.fee], [3, '1368.50', '5.00']);
    const path = `${RUNS}/${run.id}`;
    assert.equal((await sales.client.patch(path, { lines: [] })).status, 409);
    const out = run.lines.map(({ id, customerId }: Line) => ({ id, isIncluded: customerId === late.id && id !== mine[2].id }));
    const fewer = await sales.client.patch(path, { lines: out });
    assert.deepEqual(
      fewer.body.letters.map(({ invoices: count, outstanding }: Line) => [count, outstanding]),
      [[2, '1309.00']],
    );
    await Promise.all([sales.act(path, 'execute'), sales.act(path, 'execute')]);
    const done = await sales.until(path, 'is done', ({ status }) => status === 'done');
    assert.deepEqual(
      done.lines.filter(({ customerId }: Line) => customerId === late.id).map(({ result }: Line) => result),
      ['written', 'written', 'left'],
    );
    const [notice, ...others] = await notices(late.id);
    assert.equal(others.length, 0);
    assert.deepEqual(
      [notice.level, notice.outstanding, notice.fee, notice.channel, notice.invoices.length],
      [1, '1309.00', '5.00', 'letter', 2],
    );
    assert.equal(Number(notice.total).toFixed(2), (1309 + 5 + Number(notice.interest)).toFixed(2));
    assert.match(notice.text, /€1,309.00 of the invoices below/);
    assert.deepEqual(await Promise.all(invoices.map(async (one) => (await sales.read(one)).dunningLevel)), [1, 1, null]);
    const parts = [notice.number, 'Late Ltd', notice.invoices[0].number, '1,190.00', '€1,309.00', `€${notice.total}`.replace('€1', '€1,')];
    await assertPrinted(sales.client, (await sales.act(`${NOTICES}/${notice.id}`, 'mark-sent')).pdf, parts);
    const [told] = await eventsAbout(installation, 'invoices', `dunning_notice/${notice.id}`).then((all) =>
      all.filter(({ type }) => type === 'DunningSent'),
    );
    assert.deepEqual([told?.data.total, told?.data.invoices.length], [notice.total, 2]);
    const again = await sales.create(RUNS, {});
    assert.deepEqual(
      again.lines.filter(({ customerId }: Line) => customerId === late.id).map((line: Line) => line.overdue),
      ['59.50'],
    );
    await sales.act(`${RUNS}/${again.id}`, 'cancel');
    await assert.rejects(
      asApplication(installation, 'invoices', `update records.dunning_notice set total = 0 where id = '${notice.id}'`),
      /sealed/,
    );
  });

  test('Two runs over the same invoices at once write one letter, and what was settled meanwhile is in none', async () => {
    const twice = await sales.create(CUSTOMERS, { name: 'Twice KG', language: 'de' });
    const [kept, settled] = [await billing.issuedBefore(10, '100', twice), await billing.issuedBefore(10, '200', twice)];
    const runs = await Promise.all([sales.create(RUNS, {}), sales.create(RUNS, {})]);
    await sales.act(settled, 'write-off', { reason: 'gone' });
    await sales.until(settled, 'is settled', ({ status }) => status === 'writtenOff');
    await Promise.all(runs.map(({ id }) => sales.act(`${RUNS}/${id}`, 'execute')));
    const results = await Promise.all(
      runs.map(async ({ id }) => {
        const { lines } = await sales.until(`${RUNS}/${id}`, 'is done', ({ status }) => status === 'done');
        return lines.filter(({ customerId }: Line) => customerId === twice.id).map(({ result }: Line) => result);
      }),
    );
    assert.deepEqual(
      results
        .flat()
        .join(' ')
        .split(' ')
        .toSorted((a, b) => a.localeCompare(b)),
      ['reminded', 'settled', 'settled', 'written'],
    );
    const written = await notices(twice.id);
    assert.deepEqual(
      written.map(({ outstanding, invoices }: Line) => [outstanding, invoices.length]),
      [['119.00', 1]],
    );
    assert.match(written[0].text, /119,00\s€ noch nicht bezahlt/);
    assert.equal((await sales.read(kept)).dunningLevel, 1);
  });
});

describe('Beyond the invoices', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('Fee and interest of a reminder are an invoice of their own where the policy says so, once, without VAT', async () => {
    const [policy] = (await sales.client.get('/api/invoices/dunning-policies')).body.items;
    await sales.client.patch(`/api/invoices/dunning-policies/${policy.id}`, { invoicesFees: true });
    const slow = await sales.create(CUSTOMERS, { name: 'Slow AG', language: 'de' });
    const invoice = await billing.issuedBefore(10, '1000', slow);
    const run = await only(slow);
    await sales.act(run, 'execute');
    await sales.until(run, 'is done', ({ status }) => status === 'done');
    const [notice] = await noticesOf(slow);
    const path = `${NOTICES}/${notice.id}`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => sales.patiently(`${path}/actions/mark-sent`, {})));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const made = new Set(answers.map(({ body }) => pathOf(body.created)));
    assert.equal(made.size, 1);
    const fees = await sales.read([...made].join(''));
    assert.match(fees.number, /^IN-/);
    assert.deepEqual(
      [fees.kind, fees.status, fees.dueDate, fees.taxTotal, fees.dunningNoticeId],
      ['lateFee', 'issued', notice.deadline, '0.00', notice.id],
    );
    assert.deepEqual(
      fees.lines.map(({ description, netAmount, vatCategory, vatRate }: Line) => [description, netAmount, vatCategory, vatRate]),
      [
        [`Gebühr der Mahnung ${notice.number}`, '5.00', 'O', null],
        [`Verzugszinsen, Mahnung ${notice.number}`, notice.interest, 'O', null],
      ],
    );
    assert.equal((await sales.read(invoice)).interestUntil, notice.date);
    await sales.until([...made].join(''), 'has its open item', ({ openItemId }) => Boolean(openItemId));
    const second = `insert into records.invoice select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'number', 'X', 'status', 'draft'))).*
      from records.invoice i where i.id = '${fees.id}'`;
    await assert.rejects(asApplication(installation, 'invoices', second), /unique|duplicate/);
    await sales.client.patch(`/api/invoices/dunning-policies/${policy.id}`, { invoicesFees: false });
  });

  test('A run that is interrupted writes nothing until it goes on, and then each letter once; or it ends there', async () => {
    const people = await Promise.all(['Anton', 'Berta', 'Caesar'].map((name) => sales.create(CUSTOMERS, { name: `${name} KG` })));
    for (const one of people) await billing.issuedBefore(10, '100', one);
    const run = await interrupted(await only(...people));
    await sales.act(run, 'resume');
    const done = await sales.until(run, 'is done', ({ status }) => status === 'done');
    assert.equal(done.percentDone, '100.00');
    for (const one of people) assert.equal((await noticesOf(one)).length, 1);

    const other = await sales.create(CUSTOMERS, { name: 'Dora KG' });
    const kept = await billing.issuedBefore(10, '100', other);
    const ended = await interrupted(await only(other));
    const { record } = await sales.act(ended, 'finish');
    assert.deepEqual([record.status, record.lines.find(({ isIncluded }: Line) => isIncluded).result], ['done', 'left']);
    assert.deepEqual([(await noticesOf(other)).length, (await sales.read(kept)).dunningLevel], [0, null]);
  });

  /** A run of these customers alone, by its path. */
  async function only(...customers: readonly { id: string }[]): Promise<string> {
    const run = await sales.create(RUNS, {});
    const lines = run.lines.map(({ id, customerId }: Line) => ({ id, isIncluded: customers.some((one) => one.id === customerId) }));
    await sales.client.patch(`${RUNS}/${run.id}`, { lines });
    return `${RUNS}/${run.id}`;
  }

  /** A run that was interrupted before any of its letters: no event leaves the service while an older transaction of its database is open. */
  async function interrupted(run: string): Promise<string> {
    const release = await heldOutbox(installation, 'invoices');
    await sales.act(run, 'execute');
    await sales.act(run, 'pause');
    await release();
    const letters = `select count(*)::int as heard from platform.inbox where consumer = 'invoices/writeLetter' and event_id in
      (select id from platform.outbox where type = 'DunningLetterDue' and data ->> 'runId' = '${run.split('/').at(-1)}')`;
    await eventually('the letters were asked for', async () => Number((await ask(installation, 'invoices', letters))[0]?.['heard']) > 0);
    const { status, percentDone, lines } = await sales.read(run);
    assert.deepEqual([status, percentDone], ['paused', '0.00']);
    assert.ok(lines.every(({ isIncluded, result }: Line) => !isIncluded || result === null));
    return run;
  }

  const noticesOf = async ({ id }: { id: string }) => (await sales.client.get(`${NOTICES}?filter[customerId]=${id}`)).body.items;
});

/** Rows of a run and its letters, as they come. */
type Line = Awaited<ReturnType<Sales['read']>>;

async function assertPrinted({ url, token }: Client, path: string, parts: readonly string[]): Promise<void> {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = pdfText(Buffer.from(await answer.arrayBuffer()));
  for (const part of parts) assert.ok(text.includes(part), `${part} is not in ${text}`);
}
