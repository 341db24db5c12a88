import type { RecordValues, Work } from '../module.ts';
import { isList } from '../json.ts';
import type { Delegation, People } from './people.ts';
import type { ApprovalPolicy, ApprovalRequest, Approvals, ApprovedDocument } from './words.ts';

const PEOPLE_MAX = 1000;
const POLICIES_MAX = 100;
const REQUESTS_MAX = 100;

type MirroredUser = { readonly id: string; readonly roles?: unknown; readonly active?: boolean | null };

/** Who could approve, as this service knows of people and roles; whoever is calling is known with the roles that they have now. */
export async function readPeople(work: Work, { delegation }: Approvals, companyId: string | null | undefined): Promise<People> {
  const users = await work.query<MirroredUser>('user', { fields: 'roles,active', limit: PEOPLE_MAX });
  const roles = await work.query<{ id: string; name: string }>('role', { fields: 'name', limit: PEOPLE_MAX });
  const today = work.today(companyId ?? undefined);
  const filter = { from: { lte: today }, until: { gte: today }, endedAt: { isNull: true } };
  const delegations = await work.query<Delegation & RecordValues>(delegation, { filter, limit: PEOPLE_MAX });
  const { userId, roles: own } = work.caller;
  const others = users.filter(({ id, active }) => id !== userId && active !== false);
  return {
    people: [
      ...others.map(({ id, roles: held }) => ({ id, roles: namesOf(held) })),
      ...(userId === undefined ? [] : [{ id: userId, roles: own }]),
    ],
    roles: new Map(roles.map(({ id, name }) => [id, name])),
    delegations,
  };
}

function namesOf(roles: unknown): readonly string[] {
  return isList(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

/** The active policies for a kind of document with their steps, in the order in which they ask. */
export async function readPolicies(work: Work, { policy, document }: Approvals): Promise<readonly ApprovalPolicy[]> {
  const filter = { active: true, document };
  const found = await work.query<{ id: string }>(policy, { filter, fields: 'id', sort: '-priority,name', limit: POLICIES_MAX });
  const policies: ApprovalPolicy[] = [];
  for (const { id } of found) {
    const whole = await work.get<ApprovalPolicy & RecordValues>(policy, id);
    if (whole) policies.push(whole);
  }
  return policies;
}

/** The requests about a document that are not decided yet, the next one first. */
export async function readUndecided(
  work: Work,
  approvals: Approvals,
  document: Pick<ApprovedDocument, 'id'>,
): Promise<readonly ApprovalRequest[]> {
  const filter = { [approvals.key]: document.id, status: { in: ['open', 'waiting'] } };
  return work.query<ApprovalRequest & RecordValues>(approvals.request, { filter, sort: 'order', limit: REQUESTS_MAX });
}
