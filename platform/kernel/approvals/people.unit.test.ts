import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { approversOf, standingOf, verdictOf, waitsFor, type People } from './people.ts';
import type { ApprovalDecision, ApprovalRequest } from './words.ts';

const PEOPLE: People = {
  people: [
    { id: 'ana', roles: ['manager'] },
    { id: 'ben', roles: ['manager', 'sales'] },
    { id: 'cem', roles: ['sales'] },
    { id: 'dia', roles: ['director'] },
  ],
  roles: new Map([
    ['r1', 'manager'],
    ['r2', 'director'],
  ]),
  delegations: [{ userId: 'ana', substituteId: 'cem' }],
};
const asked: Omit<ApprovalRequest, 'id'> = { roleId: 'r1', peopleIds: [], authorIds: [], escalationRoleId: 'r2', decisions: [] };
const said = (byId: string, onBehalfOfId: string | null = null): ApprovalDecision => ({ byId, onBehalfOfId, decision: 'approve' });

test('Who has the role may approve, and who is named; once it is late who has the role above, and never an author', () => {
  assert.deepEqual(approversOf(asked, PEOPLE), ['ana', 'ben']);
  assert.deepEqual(approversOf({ ...asked, peopleIds: ['cem'] }, PEOPLE), ['ana', 'ben', 'cem']);
  assert.deepEqual(approversOf({ ...asked, escalatedAt: '2026-01-31T10:00:00Z' }, PEOPLE), ['ana', 'ben', 'dia']);
  assert.deepEqual(approversOf({ ...asked, authorIds: ['ben'] }, PEOPLE), ['ana']);
});

test('A substitute decides in the name of whom they stand in for, unless one of both is the author or that name has been heard', () => {
  assert.deepEqual(standingOf(asked, 'cem', PEOPLE), { as: 'ana' });
  assert.deepEqual(standingOf(asked, 'ana', PEOPLE), { as: 'ana' });
  assert.deepEqual(standingOf({ ...asked, authorIds: ['cem'] }, 'cem', PEOPLE), { no: 'own' });
  assert.deepEqual(standingOf({ ...asked, authorIds: ['ana'] }, 'cem', PEOPLE), { no: 'notAsked' });
  assert.deepEqual(standingOf({ ...asked, decisions: [said('cem', 'ana')] }, 'ana', PEOPLE), { no: 'decidedFor' });
  assert.deepEqual(standingOf({ ...asked, decisions: [said('ana')] }, 'cem', PEOPLE), { no: 'decidedFor' });
  assert.deepEqual(standingOf({ ...asked, decisions: [said('ana')] }, 'ana', PEOPLE), { no: 'decided' });
  assert.deepEqual(standingOf(asked, 'dia', PEOPLE), { no: 'notAsked' });
});

test('So many yeses approve a step, and one no ends it', () => {
  assert.equal(verdictOf({ needed: 2, decisions: [said('ana')] }), 'open');
  assert.equal(verdictOf({ needed: 2, decisions: [said('ana'), said('ben')] }), 'approved');
  assert.equal(verdictOf({ needed: 1, decisions: [said('ana'), { byId: 'ben', decision: 'reject' }] }), 'rejected');
});

test('A request waits for exactly those who could decide, whoever stands in for whom and whatever was said', () => {
  const ids = PEOPLE.people.map(({ id }) => id);
  const person = fc.constantFrom(...ids);
  const world = fc.record({
    delegations: fc.array(fc.record({ userId: person, substituteId: person }), { maxLength: 6 }),
    authorIds: fc.subarray(ids),
    peopleIds: fc.subarray(ids),
    turns: fc.array(person, { maxLength: 6 }),
  });
  fc.assert(
    fc.property(world, ({ delegations, authorIds, peopleIds, turns }) => {
      const people = { ...PEOPLE, delegations };
      let decisions: readonly ApprovalDecision[] = [];
      for (const id of turns) {
        const standing = standingOf({ ...asked, authorIds, peopleIds, decisions }, id, people);
        if ('as' in standing) decisions = [...decisions, said(id, standing.as === id ? null : standing.as)];
      }
      const heard = decisions.map(({ byId, onBehalfOfId }) => onBehalfOfId ?? byId);
      assert.equal(new Set(heard).size, heard.length);
      assert.equal(new Set(decisions.map(({ byId }) => byId)).size, decisions.length);
      assert.ok(decisions.every(({ byId, onBehalfOfId }) => !authorIds.includes(byId ?? '') && !authorIds.includes(onBehalfOfId ?? '')));
      const able = ids.filter((id) => 'as' in standingOf({ ...asked, authorIds, peopleIds, decisions }, id, people));
      assert.deepEqual(waitsFor({ ...asked, authorIds, peopleIds, decisions }, people), able.toSorted());
    }),
  );
});
