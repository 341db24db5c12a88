import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, asApplication } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ENTRIES = '/api/accounting/journal-entries';
const PARALLEL = 20;

async function retainedEarnings(installation: Installation): Promise<unknown> {
  const sql = `select sum(coalesce(l.credit, 0) - coalesce(l.debit, 0)) as result from records.journal_line l join records.account a on a.id = l.account
    where a.role = 'retainedEarnings' and l.date is not null`;
  return (await ask(installation, 'accounting', sql))[0]?.['result'];
}

describe('The ledger', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let accounts: Record<string, string>;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    const { items } = await eventually('the chart', async () => {
      const { body } = await installation.admin.get('/api/accounting/accounts?limit=1000');
      return body.items?.length > 50 && body;
    });
    accounts = Object.fromEntries(items.map(({ code, id }: { code: string; id: string }) => [code, id]));
  });
  after(() => installation.stop());

  const entry = (debit: string, credit: string, [from, to] = ['1200', '0800']) => ({
    description: 'Opening',
    lines: [
      { accountId: accounts[from ?? ''], debit },
      { accountId: accounts[to ?? ''], credit },
    ],
  });
  const draft = async (values: unknown): Promise<string> => `${ENTRIES}/${(await sales.create(ENTRIES, values)).id}`;

  test('begins with the chart of the company’s country, and taking another twice is taking it once', async () => {
    const account = (await installation.admin.get('/api/accounting/accounts/by/code/8400')).body;
    assert.deepEqual([account.title, account.nameEn, account.role], ['8400 Erlöse 19 % USt', 'Sales 19 % VAT', 'revenue']);
    const take = () => installation.admin.post('/api/accounting/accounts/actions/take-chart', { chart: 'skr03' });
    assert.deepEqual((await take()).body.created, []);
    const refused = await installation.admin.post('/api/accounting/accounts/actions/take-chart', { chart: 'skr99' });
    assert.equal(refused.status, 422);
    const child = { code: '84001', name: 'Erlöse Beratung', type: 'expense', parentId: accounts['8'] };
    assert.equal((await installation.admin.post('/api/accounting/accounts', child)).body.errors[0].field, 'type');
  });

  test('An entry by hand is posted when it balances, on accounts that take postings; then it has its number and stays as it is', async () => {
    const wrong = await draft(entry('100', '90'));
    const refused = await sales.refused(wrong, 'post');
    assert.match(refused.detail, /Debit 100 and credit 90 differ by 10/);
    const heading = await draft(entry('100', '100', ['1', '0800']));
    assert.match((await sales.refused(heading, 'post')).detail, /1 is a heading/);
    const path = await draft(entry('1000', '1000.00'));
    const { record } = await sales.act(path, 'post');
    assert.match(record.number, /^JE-\d{4}-000001$/);
    assert.deepEqual([record.status, record.currency, record.total], ['posted', 'EUR', '1000.00']);
    const again = await sales.act(path, 'post');
    assert.equal(again.record.number, record.number);
    assert.equal((await installation.admin.patch(path, { description: 'Other' })).status, 409);
    const stored = (await installation.admin.get(path)).body;
    assert.equal(stored.chainPosition, 1);
    assert.match(stored.hash, /^[0-9a-f]{64}$/);
    const balances = await ask(
      installation,
      'accounting',
      'select sum(debit) as debit, sum(credit) as credit from records.account_balance',
    );
    assert.deepEqual(balances, [{ debit: '1000.00', credit: '1000.00' }]);
  });

  test('That entries balance is held by the database when it commits, whoever writes', async () => {
    const write = (lines: string) =>
      asApplication(
        installation,
        'accounting',
        `begin;
         insert into records.journal_line (id, parent_id, account, debit, credit) select gen_random_uuid(), '01890a5d-ac96-774b-bcce-b302099a8057', id, ${lines} from records.account where code = '1200';
         insert into records.journal_entry (id, version, created_at, created_by, updated_at, updated_by, status, date) values ('01890a5d-ac96-774b-bcce-b302099a8057', 1, now(), 'x', now(), 'x', 'posted', now());
         commit`,
      );
    await assert.rejects(write('5, 4'), /does not balance: .* differ by 1/);
    const change = (sql: string) => asApplication(installation, 'accounting', sql);
    await assert.rejects(change(`update records.journal_line set debit = debit + 1 where date is not null`), /sealed/);
    await assert.rejects(change(`update records.journal_entry set description = 'x' where status = 'posted'`), /sealed/);
  });

  test('An entry is reversed once, however many ask at once, and the repeat answers the same', async () => {
    const path = await draft(entry('50', '50'));
    const { record } = await sales.act(path, 'post');
    const answers = await Promise.all(
      Array.from({ length: PARALLEL }, () => sales.patiently(`${path}/actions/reverse`, { reason: 'Typed wrongly' })),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]), JSON.stringify(answers[0]?.body));
    const ids = new Set(answers.map(({ body }) => body.created[0].id));
    assert.equal(ids.size, 1);
    const [id] = ids;
    const reversal = (await installation.admin.get(`${ENTRIES}/${id}`)).body;
    assert.deepEqual([reversal.reversalOfId, reversal.reversalReason, reversal.status], [record.id, 'Typed wrongly', 'posted']);
    const sides = reversal.lines.flatMap(({ debit, credit }: Record<string, string | null>) => [debit, credit]);
    assert.deepEqual(sides, [null, '50.00', '50.00', null]);
  });

  test('A period is closed softly and reopened with a reason, or for good; a closed year is reopened while no later one is closed', async () => {
    const sale = async (date: string) => sales.act(await draft({ ...entry('80', '80', ['1200', '8200']), date }), 'post');
    const year = new Date().getFullYear() - 1;
    await sale(`${year}-03-15`);
    const { items } = (await installation.admin.get(`/api/accounting/periods?filter[name]=${year}-03`)).body;
    const period = `/api/accounting/periods/${items[0].id}`;
    assert.equal((await sales.act(period, 'close-period', { documents: ['manual'] })).record.status, 'partlyClosed');
    const late = await draft({ ...entry('1', '1'), date: `${year}-03-20` });
    assert.match((await sales.refused(late, 'post')).detail, /is closed for this/);
    assert.equal((await sales.act(period, 'reopen-period', { reason: 'A late receipt' })).record.status, 'open');
    await sales.act(late, 'post');
    const { record } = await sales.act(period, 'close-period', { kind: 'hard' });
    assert.deepEqual([record.status, record.softClosedFor], ['closed', []]);
    await sales.refused(period, 'reopen-period', { reason: 'Once more' });
    const { body: years } = await installation.admin.get(`/api/accounting/fiscal-years?filter[name]=${year}`);
    const path = `/api/accounting/fiscal-years/${years.items[0].id}`;
    const result = () => retainedEarnings(installation);
    const closing = await sales.act(path, 'close-year');
    assert.deepEqual([closing.record.status, closing.created.length, await result()], ['closed', 1, '80.00']);
    const tooLate = await draft({ ...entry('1', '1'), date: `${year}-05-01` });
    assert.match((await sales.refused(tooLate, 'post')).detail, /is closed for this/);
    await sales.act(path, 'reopen-year', { reason: 'An invoice was missing' });
    assert.equal(await result(), '0.00');
    assert.equal((await sales.act(path, 'close-year')).record.status, 'closed');
    assert.equal(await result(), '80.00');
  });

  test('The chain of entries is verified, and one changed byte is found at its entry', () => verifiedChain(installation));
});

/** A chain is whole, then one byte of it is another, then its end is gone. */
async function verifiedChain(installation: Installation): Promise<void> {
  const verdict = async (from = 0) => (await installation.admin.get(`/api/accounting/chains/journal_entry?after=${from}`)).body;
  const whole = await verdict();
  assert.deepEqual([whole.fault, whole.next, whole.verified], [null, null, whole.length]);
  assert.ok(whole.length > 5);
  const checkedAtNight = async (expected: readonly unknown[]) => {
    await runScheduled(installation, 'accounting', 'verifyJournal');
    const [check] = (await installation.admin.get('/api/accounting/journal-checks?limit=1')).body.items;
    assert.deepEqual([check.status, check.reason, check.verified], expected);
    return check;
  };
  await checkedAtNight(['whole', null, whole.length]);
  assert.deepEqual(await ask(installation, 'accounting', `select id from platform.outbox where type = 'JournalChainBroken'`), []);
  const asAdministrator = async (sql: string) => {
    const held = ['journal_entry', 'journal_line'].map((table) => `alter table records.${table} disable trigger user;`).join(' ');
    await ask(installation, 'accounting', `${held} ${sql}; ${held.replaceAll('disable', 'enable')}`);
  };
  const third = `(select id from records.journal_entry where chain_position = 3)`;
  await asAdministrator(`update records.journal_line set text = coalesce(text, '') || 'x' where parent_id = ${third}`);
  const broken = await verdict();
  assert.deepEqual([broken.fault.reason, broken.fault.position, broken.verified, broken.next], ['altered', 3, 2, null]);
  assert.match(broken.fault.title, /^JE-/);
  assert.equal((await verdict(2)).fault.position, 3);
  assert.equal((await verdict(3)).fault, null);
  const check = await checkedAtNight(['broken', 'altered', 2]);
  const [told] = await ask(installation, 'accounting', `select data from platform.outbox where type = 'JournalChainBroken'`);
  assert.deepEqual(told?.['data'], {
    checkId: check.id,
    reason: 'altered',
    position: 3,
    entryId: broken.fault.id,
    number: broken.fault.title,
    length: whole.length,
    verified: 2,
  });
  assert.equal(check.entryId, broken.fault.id);
  await assert.rejects(asApplication(installation, 'accounting', `update records.journal_check set verified = 9`), /sealed/);
  await asAdministrator(`update records.journal_line set text = nullif(left(text, -1), '') where parent_id = ${third}`);
  assert.equal((await verdict()).fault, null);
  await asAdministrator(`update records.journal_entry set chain_position = null where chain_position = ${whole.length}`);
  assert.deepEqual((await verdict()).fault.reason, 'cutOff');
  await checkedAtNight(['broken', 'cutOff', whole.length - 1]);
  assert.equal((await installation.admin.get('/api/accounting/chains/account')).status, 404);
  assert.equal((await installation.admin.get('/api/accounting/chains/journal_entry?after=x')).status, 400);
}
