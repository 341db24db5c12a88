import { addDays } from '#platform/kernel/dates.ts';
import { PROSPECTS } from './catalogue.ts';
import { workday } from './diary.ts';
import { idOf } from './office.ts';
import type { Customer } from './opening.ts';
import { randomOf } from './random.ts';
import { pursue, type Sale } from './sales.ts';

const LEADS = '/api/crm/leads';
const OPPORTUNITIES = '/api/crm/opportunities';
const TASKS = '/api/crm/tasks';

type Prospect = (typeof PROSPECTS)[number];

/** Plans what becomes of companies that ask: a call, a task, and for most of them an opportunity with an offer; the others are given up. */
export function planLeads(sale: Omit<Sale, 'random'>, seed: number): void {
  const { diary } = sale;
  const random = randomOf(seed);
  const step = Math.max(1, Math.floor(((Date.parse(diary.last) - Date.parse(diary.first)) / 86_400_000 - 1) / PROSPECTS.length));
  for (const [at, prospect] of PROSPECTS.entries()) {
    const own = { ...sale, random: randomOf(seed + at) };
    const day = workday(addDays(diary.first, at * step + random.between(0, step - 1)));
    diary.on(day, (today) => hear(own, prospect, today));
  }
}

async function hear(sale: Sale, [company, person, city, interest]: Prospect, day: string): Promise<void> {
  const { diary, officeOn, random } = sale;
  const office = officeOn(day);
  const name = person
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z]+/g, '.');
  const lead = await office.make(LEADS, {
    name: person,
    companyName: company,
    email: `${name}@${company
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z]+/g, '')}.example`,
    address: { city, country: 'DE' },
    source: random.pick(['website', 'referral', 'fair', 'call']),
    rating: random.pick(['cold', 'warm', 'hot']),
    interest,
  });
  const path = `${LEADS}/${idOf(lead)}`;
  const task = await office.make(TASKS, {
    name: `Send the catalogue to ${person}`,
    leadId: idOf(lead),
    dueAt: `${addDays(day, 2)}T10:00:00Z`,
    priority: 'normal',
  });
  diary.after(day, 1, (today) => call(sale, path, today));
  diary.after(day, 2, async (today) => void (await officeOn(today).act(`${TASKS}/${idOf(task)}`, 'complete', { outcome: 'Sent' })));
  if (random.chance(75)) diary.after(day, random.between(4, 9), (today) => convert(sale, { path, person, company, interest }, today));
  else diary.after(day, 9, async (today) => void (await officeOn(today).act(path, 'disqualify', { reason: 'noAnswer' })));
}

/** What is left for the day on which somebody looks: leads that wait, tasks that are due, a meeting, and an opportunity that stands still. */
export async function leaveForToday({ company, officeOn }: Omit<Sale, 'random' | 'paid'>, day: string): Promise<void> {
  const office = officeOn(day);
  const [first, second] = company.customers;
  const lead = await office.make(LEADS, {
    name: 'Antje Wulf',
    companyName: 'Leuchtturm Akademie',
    email: 'antje.wulf@leuchtturm.example',
    source: 'website',
    interest: 'Seminar room for 30',
  });
  await office.make(LEADS, {
    name: 'Sönke Petersen',
    companyName: 'Petersen Yachten',
    email: 'soenke@petersen-yachten.example',
    source: 'fair',
    rating: 'hot',
  });
  await office.make(TASKS, { name: 'Call Antje Wulf back', leadId: idOf(lead), dueAt: `${day}T15:00:00Z`, priority: 'high' });
  await office.make(TASKS, { name: 'Ask for the floor plan', customerId: first?.id, dueAt: `${day}T09:00:00Z`, priority: 'normal' });
  const meeting = {
    subject: 'Walk through the new floor',
    kind: 'meeting',
    state: 'planned',
    startsAt: `${day}T13:00:00Z`,
    duration: 'PT1H',
    place: 'Hamburg',
  };
  await office.make('/api/crm/activities', { ...meeting, customerId: first?.id });
  const stages = await office.list('/api/crm/stages?filter[kind]=open&sort=order');
  for (const [at, [name, amount]] of [
    ['Canteen', '14500'],
    ['Second floor', '38900'],
    ['Branch in Kiel', '22300'],
  ].entries()) {
    const values = { name, customerId: second?.id, amount, expectedCloseOn: addDays(day, 40), nextStep: 'Site visit' };
    const opportunity = `${OPPORTUNITIES}/${idOf(await office.make(OPPORTUNITIES, values))}`;
    const stage = stages[at];
    if (stage && at > 0) await office.act(opportunity, 'move-stage', { stageId: idOf(stage) });
  }
}

async function call({ officeOn }: Sale, path: string, day: string): Promise<void> {
  const values = {
    subject: 'First call',
    kind: 'call',
    direction: 'out',
    state: 'done',
    duration: 'PT15M',
    outcome: 'Interested; wants to see chairs',
  };
  await officeOn(day).make('/api/crm/activities', { ...values, leadId: path.split('/').at(-1), startsAt: `${day}T09:30:00Z` });
}

type Wanted = { readonly path: string; readonly person: string; readonly company: string; readonly interest: string };

/** A lead becomes customer, contact and opportunity; what they want of the catalogue becomes an offer. */
async function convert(sale: Sale, { path, person, company: name, interest }: Wanted, day: string): Promise<void> {
  const { company, diary, officeOn, random } = sale;
  const office = officeOn(day);
  await office.act(path, 'qualify');
  await office.act(path, 'convert', { withOpportunity: true, name: interest, expectedCloseOn: addDays(day, 30) });
  const lead = await office.present(path, ({ opportunityId }) => typeof opportunityId === 'string');
  const opportunity = `${OPPORTUNITIES}/${String(lead['opportunityId'])}`;
  await office.present(opportunity);
  const chosen = new Set(Array.from({ length: 3 }, () => random.pick(company.products)));
  const lines = [...chosen].map(({ id }) => ({ productId: id, quantity: String(random.between(2, 10)) }));
  await office.client.patch(opportunity, { lines, nextStep: 'Offer' });
  const [first] = company.customers;
  if (!first) return;
  const customer: Customer = {
    ...first,
    id: String(lead['customerId']),
    contactId: String(lead['contactId']),
    name,
    contact: person,
    iban: '',
    currency: 'EUR',
  };
  if (random.chance(15))
    return diary.after(day, 10, async (today) => void (await officeOn(today).act(opportunity, 'lose', { lostReason: 'price' })));
  diary.after(day, random.between(1, 4), async (today) => {
    const { created } = await officeOn(today).act(opportunity, 'create-offer');
    const offer = `/api/offers/offers/${created[0]?.id}`;
    await officeOn(today).present(offer);
    await pursue(sale, customer, { path: offer, day: today });
  });
}
