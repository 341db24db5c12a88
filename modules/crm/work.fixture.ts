import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually } from '#tests/support/eventually.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skip, world } from './world.fixture.ts';

async function userIdOf(client: 'manager' | 'sales'): Promise<string> {
  return (await world()[client].get('/api/platform/me')).body.user.id;
}

describe('Tasks that remind', { skip }, () => {
  test('A task whose time has come is told once, and once more when it is moved', async () => {
    const { installation, sales } = world();
    const task = (await sales.post('/api/crm/tasks', { name: 'Send the drawing', dueAt: '2026-01-05T08:00:00Z' })).body;
    const later = (await sales.post('/api/crm/tasks', { name: 'Later', dueAt: '2999-01-05T08:00:00Z' })).body;
    const done = (await sales.post('/api/crm/tasks', { name: 'Done', dueAt: '2026-01-05T08:00:00Z' })).body;
    await sales.post(`/api/crm/tasks/${done.id}/actions/complete`);
    const told = async (id: string) =>
      (await eventsAbout(installation, 'crm', `task/${id}`)).filter(({ type }) => type === 'TaskDue').map(({ data }) => data);
    await runScheduled(installation, 'crm', 'remind');
    await runScheduled(installation, 'crm', 'remind');
    const due = { taskId: task.id, name: 'Send the drawing', dueAt: '2026-01-05T08:00:00.000Z', assigneeId: await userIdOf('sales') };
    assert.deepEqual(await told(task.id), [due]);
    assert.deepEqual([await told(later.id), await told(done.id)], [[], []]);
    const moved = await sales.patch(`/api/crm/tasks/${task.id}`, { remindAt: '2026-01-04T08:00:00Z' });
    assert.deepEqual([moved.body.noticeAt, moved.body.remindedAt], ['2026-01-04T08:00:00.000Z', null]);
    await runScheduled(installation, 'crm', 'remind');
    assert.deepEqual(await told(task.id), [due, due]);
  });
});

describe('Whose a lead is', { skip }, () => {
  test('Leads that meet a rule are given to its people in turn', async () => {
    const { installation, manager, sales } = world();
    const people = [await userIdOf('manager'), await userIdOf('sales')].toSorted();
    const rule = { name: 'Hot ones', object: 'lead', condition: { rating: 'hot' }, peopleIds: people };
    const made = await manager.post('/api/crm/assignment-rules', rule);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const owners: string[] = [];
    for (const name of ['First', 'Second', 'Third']) {
      const { id } = (await sales.post('/api/crm/leads', { name, rating: 'hot' })).body;
      const given = async () => (await eventsAbout(installation, 'crm', `lead/${id}`)).filter(({ type }) => type === 'Assigned');
      await eventually('it is given', async () => (await given()).length > 0);
      const owner = (await sales.get(`/api/crm/leads/${id}`)).body.ownerId;
      assert.deepEqual(
        (await given()).map(({ data }) => data),
        [{ object: 'lead', id, userId: owner, ruleId: made.body.id }],
      );
      owners.push(owner);
    }
    assert.deepEqual(owners, [people[0], people[1], people[0]]);
    const cold = (await sales.post('/api/crm/leads', { name: 'Fourth', rating: 'cold' })).body;
    assert.equal((await sales.get(`/api/crm/leads/${cold.id}`)).body.ownerId, await userIdOf('sales'));
  });
});

describe('The first response to a lead', { skip }, () => {
  test('A lead is to be answered within working hours, and our first call answers it', async () => {
    const { manager, sales } = world();
    const everyDay = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const policy = {
      name: 'Website',
      condition: { source: 'website' },
      within: 'PT2H',
      days: everyDay,
      from: '00:00:00',
      until: '23:59:59',
    };
    const made = await manager.post('/api/crm/response-policies', policy);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { id } = (await sales.post('/api/crm/leads', { name: 'Waiting', source: 'website' })).body;
    const lead = async () => (await sales.get(`/api/crm/leads/${id}`)).body;
    await eventually('it is due', async () => (await lead()).responseDueAt !== null);
    const { createdAt, responseDueAt, responsePolicyId } = await lead();
    assert.equal(responsePolicyId, made.body.id);
    assert.ok(Date.parse(responseDueAt) - Date.parse(createdAt) >= 2 * 3_600_000);
    await sales.post('/api/crm/activities', { subject: 'They call', kind: 'call', direction: 'in', state: 'done', leadId: id });
    const ours = (await sales.post('/api/crm/activities', { subject: 'We call', kind: 'call', leadId: id })).body;
    assert.equal((await lead()).firstRespondedAt, null);
    await sales.patch(`/api/crm/activities/${ours.id}`, { state: 'done' });
    await eventually('it is answered', async () => (await lead()).firstRespondedAt !== null);
    assert.equal((await lead()).status, 'contacted');
  });
});
