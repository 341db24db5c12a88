import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventsAbout } from '#tests/support/events.ts';
import { skip, world } from './world.fixture.ts';

async function lead(values: Readonly<Record<string, unknown>>) {
  const made = await world().sales.post('/api/crm/leads', values);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

function act(id: string, command: string, input: unknown = {}) {
  return world().sales.post(`/api/crm/leads/${id}/actions/${command}`, input);
}

describe('A lead that becomes a customer', { skip }, () => {
  test('It becomes a new customer with a contact and an opportunity, once, and what was done about it goes along', async () => {
    const { installation, sales } = world();
    const made = await lead({
      name: 'Ida Gerber',
      companyName: 'Gerber GmbH',
      email: 'ida@gerber.example',
      source: 'referral',
      interest: 'Two presses',
    });
    assert.equal(made.score, '50');
    const call = (await sales.post('/api/crm/activities', { subject: 'Call', kind: 'call', leadId: made.id })).body;
    assert.equal((await act(made.id, 'qualify')).body.record.score, '65');
    const answers = await Promise.all([act(made.id, 'convert', { amount: '5000' }), act(made.id, 'convert', { amount: '5000' })]);
    const [converted] = answers;
    assert.equal(converted?.status, 200, JSON.stringify(converted?.body));
    assert.deepEqual(answers[1]?.body.created, converted?.body.created);
    const { record, created } = converted?.body ?? {};
    assert.deepEqual(
      created.map(({ object }: { object: string }) => object),
      ['customer', 'contact', 'opportunity'],
    );
    const customer = (await sales.get(`/api/customers/customers/${record.customerId}`)).body;
    const contact = (await sales.get(`/api/customers/contacts/${record.contactId}`)).body;
    assert.deepEqual(
      [customer.name, contact.name, contact.email, contact.customerId],
      ['Gerber GmbH', 'Ida Gerber', 'ida@gerber.example', customer.id],
    );
    const deal = (await sales.get(`/api/crm/opportunities/${record.opportunityId}`)).body;
    assert.deepEqual(
      [deal.name, deal.customerId, deal.amount, deal.leadId, deal.description, deal.contacts[0].contactId],
      ['Gerber GmbH', customer.id, '5000.00', made.id, 'Two presses', contact.id],
    );
    const along = (await sales.get(`/api/crm/activities/${call.id}`)).body;
    assert.deepEqual([along.opportunityId, along.customerId, along.contactId], [deal.id, customer.id, contact.id]);
    const told = (await eventsAbout(installation, 'crm', `lead/${made.id}`)).filter(({ type }) => type === 'LeadConverted');
    assert.deepEqual(
      told.map(({ data }) => data),
      [{ leadId: made.id, customerId: customer.id, contactId: contact.id, opportunityId: deal.id, isNewCustomer: true }],
    );
    assert.equal((await sales.get('/api/customers/customers?filter[name]=Gerber GmbH')).body.items.length, 1);
  });
});

describe('A lead of somebody who is there', { skip }, () => {
  test('Who is there already is found by e-mail, by phone and by company', async () => {
    const { sales } = world();
    const known = (await sales.post('/api/customers/customers', { name: 'Hölzl Maschinen GmbH', phone: '+49 30 123456' })).body;
    const person = (await sales.post('/api/customers/contacts', { name: 'Leo Hölzl', customerId: known.id, email: 'leo@hoelzl.example' }))
      .body;
    const became = async (values: Readonly<Record<string, unknown>>) => {
      const { id } = await lead(values);
      const { body } = await act(id, 'convert', { withOpportunity: false });
      return [body.record.customerId, body.record.contactId === id ? 'new' : body.record.contactId, body.record.opportunityId];
    };
    assert.deepEqual(await became({ name: 'L. Hölzl', email: 'leo@hoelzl.example' }), [known.id, person.id, null]);
    assert.deepEqual(await became({ name: 'Mia Roth', phone: '+49 30 123456' }), [known.id, 'new', null]);
    assert.deepEqual(await became({ name: 'Nina Kast', companyName: 'HOLZL MASCHINEN' }), [known.id, 'new', null]);
  });

  test('Whoever converts may choose the customer', async () => {
    const { sales, customerId } = world();
    const made = await lead({ name: 'Ole Petersen', companyName: 'Petersen AS' });
    const { body } = await act(made.id, 'convert', { customerId, name: 'Spare parts' });
    assert.deepEqual([body.record.customerId, body.record.contactId], [customerId, made.id]);
    const deal = (await sales.get(`/api/crm/opportunities/${body.record.opportunityId}`)).body;
    assert.equal(deal.name, 'Spare parts');
    assert.equal((await sales.patch(`/api/crm/leads/${made.id}`, { name: 'Other' })).status, 409);
  });
});

describe('A lead that is given up, or there twice', { skip }, () => {
  test('It may be given up, for a reason, and looked at again', async () => {
    const made = await lead({ name: 'Nobody' });
    const silent = await act(made.id, 'disqualify');
    assert.deepEqual([silent.status, silent.body.errors[0].field], [422, 'reason']);
    const given = await act(made.id, 'disqualify', { reason: 'noAnswer' });
    assert.deepEqual([given.body.record.status, given.body.record.disqualifiedReason], ['disqualified', 'noAnswer']);
    assert.equal((await act(made.id, 'convert')).status, 409);
    const again = await act(made.id, 'reopen');
    assert.deepEqual([again.body.record.status, again.body.record.disqualifiedReason], ['new', null]);
  });

  test('Leads that are alike are shown, and merged', async () => {
    const { sales } = world();
    const first = await lead({ name: 'Paul Quast', email: 'paul@quast.example' });
    const shown = await sales.post('/api/crm/leads/duplicates', { values: { name: 'P. Quast', email: 'paul@quast.example' } });
    assert.deepEqual(
      shown.body.items.map(({ id }: { id: string }) => id),
      [first.id],
    );
    const second = await lead({ name: 'P. Quast', email: 'paul@quast.example', phone: '+49 30 99887766' });
    const task = (await sales.post('/api/crm/tasks', { name: 'Call', leadId: second.id })).body;
    const merged = await act(first.id, 'merge', { otherId: second.id });
    assert.deepEqual([merged.status, merged.body.record.phone, merged.body.record.name], [200, '+493099887766', 'Paul Quast']);
    assert.equal((await sales.get(`/api/crm/tasks/${task.id}`)).body.leadId, first.id);
    assert.equal((await act(first.id, 'merge', { otherId: first.id })).status, 409);
  });
});
