import { addDays, addMonths, daysBetween } from '#platform/kernel/dates.ts';
import { asList } from '../client.ts';
import type { Diary } from './diary.ts';
import { idOf, type Office } from './office.ts';
import type { Company } from './opening.ts';

const INVOICES = '/api/invoices/invoices';
const PAYMENTS = '/api/payments/payments';

type Place = { readonly company: Company; readonly diary: Diary; readonly officeOn: (day: string) => Office };

/** What happens once: the platform is shaped, a card is charged back, a debt is given up, a customer is suspended, and at the end letters are written. */
export function planHappenings({ company, diary, officeOn }: Place): void {
  const part = (percent: number): string => addDays(diary.first, Math.floor((daysBetween(diary.first, diary.last) * percent) / 100));
  const once = (percent: number, step: (office: Office, day: string) => Promise<void>): void =>
    diary.after(part(percent), 0, (day) => step(officeOn(day), day));
  once(10, shape);
  once(20, (office) => cardStory(office, company, 'lose'));
  once(60, (office) => cardStory(office, company, 'win'));
  once(70, (office) => suspend(office, company));
  once(80, giveUp);
  diary.on(diary.last, (day) => remind(officeOn(day)));
  diary.on(diary.last, (day) => report(officeOn(day), { from: diary.first, until: day }));
}

/** An object of one's own with a field that offers refer to, another field of customers, and a page that shows it. */
async function shape({ client }: Office): Promise<void> {
  const access = {
    manager: { read: true, create: true, edit: true, delete: true },
    sales: { read: true, create: true, edit: true },
    viewer: { read: true },
  };
  await client.post('/api/platform/objects', {
    name: 'showroom_visit',
    label: { en: 'Showroom visit', de: 'Besuch im Showroom' },
    pluralLabel: { en: 'Showroom visits', de: 'Besuche im Showroom' },
    module: 'offers',
    collection: 'showroom-visits',
    titleField: 'visitors',
    access,
    fields: [
      { name: 'visitors', label: { en: 'Visitors', de: 'Gäste' }, type: 'text', required: true, searchable: true },
      { name: 'visitedOn', label: { en: 'Visited on', de: 'Besucht am' }, type: 'date', default: 'today' },
      { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'lookup', target: 'customer' },
      { name: 'impression', label: { en: 'Impression', de: 'Eindruck' }, type: 'rating' },
    ],
  });
  await client.post('/api/platform/objects/customer/fields', {
    name: 'floorSpace',
    label: { en: 'Floor space (m²)', de: 'Bürofläche (m²)' },
    type: 'integer',
    access: { read: ['manager', 'sales', 'viewer'], edit: ['manager', 'sales'] },
    show: ['detail', 'create', 'list'],
  });
  const columns = ['visitors', 'visitedOn', 'impression', 'customer'];
  await client.put('/api/platform/objects/showroom_visit/layouts/list', { columns }, { 'if-match': '*' });
}

/** An invoice whose card is refused first and taken then; some of it goes back, and the rest is charged back. */
async function cardStory(office: Office, { customers }: Company, end: 'win' | 'lose'): Promise<void> {
  const [customer] = customers;
  const draft = await office.make(INVOICES, {
    customerId: customer?.id,
    lines: [{ description: 'Repair of a standing desk', quantity: '1', unitPrice: '240', vatCategory: 'S', vatRate: '19' }],
  });
  await office.act(`${INVOICES}/${idOf(draft)}`, 'issue');
  await office.present(`${INVOICES}/${idOf(draft)}`, ({ openItemId }) => typeof openItemId === 'string');
  const item = `/api/payments/open-items/${idOf(draft)}`;
  for (const outcome of ['decline', 'pay']) {
    await office.act(item, 'pay');
    await office.act(item, 'simulate', { outcome });
  }
  const [payment] = await office.list(`${PAYMENTS}?filter[targetId]=${idOf(draft)}&filter[status]=captured&limit=1`);
  const path = `${PAYMENTS}/${idOf(payment)}`;
  await office.act(path, 'refund', { amount: '40', reason: 'It took longer than promised' });
  const { created } = await office.act(path, 'charge-back', {
    amount: '100',
    reason: 'The holder of the card does not know it',
    fee: '15',
  });
  await office.act(`/api/payments/chargebacks/${created[0]?.id}`, end);
}

/** Somebody who does not pay gets nothing more on account. */
async function suspend(office: Office, { customers }: Company): Promise<void> {
  const late = customers.at(-1);
  if (!late) return;
  const path = `/api/customers/customers/${late.id}`;
  await office.act(path, 'suspend', { reason: 'Three reminders without an answer' });
  await office.act(path, 'reactivate');
}

async function giveUp(office: Office, day: string): Promise<void> {
  const query = `filter[status]=issued&filter[dueDate][lt]=${addMonths(day, -2)}&filter[outstanding][gt]=0&sort=grossTotal&limit=1`;
  const [invoice] = await office.list(`/api/invoices/invoices?${query}`);
  if (invoice) await office.act(`/api/invoices/invoices/${idOf(invoice)}`, 'write-off', { reason: 'The customer is insolvent' });
}

/** One letter for each customer who is late. */
async function remind(office: Office): Promise<void> {
  const run = await office.make('/api/invoices/dunning-runs', {});
  if (!asList(run['lines']).some((line) => line['isIncluded'] === true)) return;
  const path = `/api/invoices/dunning-runs/${idOf(run)}`;
  await office.act(path, 'execute');
  await office.present(path, ({ status }) => status === 'done');
  const [first, second] = await office.list('/api/invoices/dunning-notices?limit=2');
  for (const notice of [first, second]) if (notice) await office.act(`/api/invoices/dunning-notices/${idOf(notice)}`, 'mark-sent');
}

/** The trial balance as a file, the checks of the audit, and their report. */
async function report({ client, act, list }: Office, { from, until }: { from: string; until: string }): Promise<void> {
  const { status } = await client.get(`/api/accounting/reports/trial-balance?format=csv&to=${until}`);
  if (status !== 200) throw new Error(`The trial balance answered ${status}.`);
  for (const check of await list('/api/audit/compliance-checks?limit=100')) await act(`/api/audit/compliance-checks/${idOf(check)}`, 'run');
  await act('/api/audit/audit-reports', 'generate', { from, until });
}
