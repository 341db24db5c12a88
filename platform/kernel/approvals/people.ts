import type { ApprovalRequest } from './words.ts';

/** Somebody who could approve. Roles by name. */
export type Person = { readonly id: string; readonly roles: readonly string[] };

/** Who stands in for whom today. */
export type Delegation = { readonly userId?: string | null; readonly substituteId: string };

/** Who there is: active people, the names of roles by id, and who stands in for whom today. */
export type People = {
  readonly people: readonly Person[];
  readonly roles: ReadonlyMap<string, string>;
  readonly delegations: readonly Delegation[];
};

type Asked = Pick<ApprovalRequest, 'roleId' | 'peopleIds' | 'authorIds' | 'escalationRoleId' | 'escalatedAt' | 'decisions'>;

/** Who may approve in their own right: who is named, who has the role, and once the deadline is over, who has the role above; never an author. */
export function approversOf(request: Asked, { people, roles }: People): readonly string[] {
  const wanted = [request.roleId, request.escalatedAt ? request.escalationRoleId : null].flatMap((id) => roles.get(id ?? '') ?? []);
  const named = new Set(request.peopleIds ?? []);
  const authors = new Set(request.authorIds ?? []);
  return people
    .filter(({ id, roles: own }) => !authors.has(id) && (named.has(id) || own.some((role) => wanted.includes(role))))
    .map(({ id }) => id);
}

/** Whom a request waits for: approvers for whom nobody has decided yet, and who stands in for them; nobody who is an author or has decided. */
export function waitsFor(request: Asked, people: People): readonly string[] {
  const heard = heardIn(request);
  const remaining = approversOf(request, people).filter((id) => !heard.for.has(id));
  const substitutes = people.delegations.filter(({ userId }) => remaining.includes(userId ?? '')).map(({ substituteId }) => substituteId);
  const authors = new Set(request.authorIds ?? []);
  const known = new Set(people.people.map(({ id }) => id));
  return [...new Set([...remaining, ...substitutes])].filter((id) => known.has(id) && !authors.has(id) && !heard.by.has(id)).toSorted();
}

/** For whom somebody decides, or why they may not. Nobody decides twice in a step, not in two names either. */
export type Standing = { readonly as: string } | { readonly no: 'own' | 'decided' | 'decidedFor' | 'notAsked' };

/** In whose name somebody may decide now: their own, else that of somebody whom they stand in for. */
export function standingOf(request: Asked, userId: string, people: People): Standing {
  if ((request.authorIds ?? []).includes(userId)) return { no: 'own' };
  const heard = heardIn(request);
  if (heard.by.has(userId)) return { no: 'decided' };
  const approvers = approversOf(request, people);
  const absent = people.delegations.filter(({ substituteId }) => substituteId === userId).map(({ userId: id }) => id ?? '');
  const names = [userId, ...absent].filter((id) => approvers.includes(id));
  const free = names.find((id) => !heard.for.has(id));
  if (free !== undefined) return { as: free };
  return { no: names.length > 0 ? 'decidedFor' : 'notAsked' };
}

/** Who has decided, and for whom. */
function heardIn({ decisions }: Asked): { readonly by: ReadonlySet<string>; readonly for: ReadonlySet<string> } {
  const rows = decisions ?? [];
  return {
    by: new Set(rows.map(({ byId }) => byId ?? '')),
    for: new Set(rows.map(({ byId, onBehalfOfId }) => onBehalfOfId ?? byId ?? '')),
  };
}

/** What the decisions of a step come to: one no ends it, and so many yeses do. */
export function verdictOf({ needed, decisions }: Pick<ApprovalRequest, 'needed' | 'decisions'>): 'open' | 'approved' | 'rejected' {
  const rows = decisions ?? [];
  if (rows.some(({ decision }) => decision === 'reject')) return 'rejected';
  return rows.filter(({ decision }) => decision === 'approve').length >= (needed ?? 1) ? 'approved' : 'open';
}
