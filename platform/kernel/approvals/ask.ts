import { comparisonsOf } from '../conditions/names.ts';
import { afterDuration } from '../dates.ts';
import { Refusal } from '../errors.ts';
import { plainText } from '../json.ts';
import type { RecordValues, Work } from '../module.ts';
import { approversOf, waitsFor, type People } from './people.ts';
import { readPeople, readPolicies, readUndecided } from './read.ts';
import { toldOf, type ApprovalPolicy, type ApprovalRequest, type Approvals, type ApprovalStep, type ApprovedDocument } from './words.ts';

/**
 * Asks for approval of a document, which is locked, in its round: the steps of all policies that it meets, one after the other. Answers whether
 * anybody is asked. Refuses with `wrong_state` where a step could never be met, so that no document hangs.
 */
export async function askForApproval(work: Work, approvals: Approvals, document: ApprovedDocument, by: string | null): Promise<boolean> {
  await cancelRequests(work, approvals, document);
  const policies = (await readPolicies(work, approvals)).filter((policy) => applies(work, approvals, { policy, document }));
  if (policies.length === 0) return false;
  const people = await readPeople(work, approvals, document.companyId);
  const common = { ...(await commonOf(work, approvals, document)), requestedById: by, authorIds: authorsOf(document, by) };
  const steps = policies.flatMap((policy) => (policy.steps ?? []).map((step) => ({ policy, step })));
  const requests = steps.map(({ policy, step }, order): RecordValues => {
    const asked = {
      ...common,
      ...askedOf(step),
      policyId: policy.id,
      reasons: reasonsOf(work, approvals, { policy, document }),
      order: order + 1,
    };
    return { ...asked, needed: neededIn(step, { asked, people, name: policy.name }) };
  });
  const made: ApprovalRequest[] = [];
  for (const request of requests) made.push(await work.save<ApprovalRequest & RecordValues>(approvals.request, request));
  await openNext(work, approvals, { request: made[0], document, people });
  return true;
}

/** Undecided requests about a document mean nothing any more; what was decided stays. */
export async function cancelRequests(work: Work, approvals: Approvals, document: Pick<ApprovedDocument, 'id'>): Promise<void> {
  for (const { id } of await readUndecided(work, approvals, document))
    await work.save(approvals.request, { id, status: 'cancelled', waitsForIds: [] });
}

/** Lets the next step begin: its deadline runs from now, and it is told to whom it waits. */
export async function openNext(
  work: Work,
  approvals: Approvals,
  { request, document, people }: { request: ApprovalRequest | undefined; document: ApprovedDocument; people: People },
): Promise<void> {
  if (!request) return;
  const dueAt = request.allowed ? afterDuration(work.now, request.allowed) : null;
  const waitsForIds = waitsFor(request, people);
  await work.save(approvals.request, { id: request.id, status: 'open', dueAt, waitsForIds });
  await work.emit(approvals.asked, `${approvals.request}/${request.id}`, toldOf(approvals, { ...request, dueAt, waitsForIds }, document));
}

/** A policy whose condition cannot be asked any more must not let everything through: it stops, and says so. */
function applies(work: Work, approvals: Approvals, { policy, document }: { policy: ApprovalPolicy; document: ApprovedDocument }): boolean {
  const isMet = work.meets(approvals.document, document, policy.condition);
  if (isMet !== null) return isMet;
  throw new Refusal('wrong_state', {
    en: `The approval policy "${policy.name}" asks about a field that is no longer there. Correct it or switch it off.`,
    de: `Die Freigaberegel „${policy.name}“ fragt nach einem Feld, das es nicht mehr gibt. Berichtigen Sie sie, oder schalten Sie sie aus.`,
  });
}

/** Who made the document, whose it is, and who asks: none of them approves it. */
function authorsOf({ createdBy, ownerId }: ApprovedDocument, by: string | null): readonly string[] {
  const creator = /^user:(.+)$/.exec(createdBy)?.[1];
  return [...new Set([creator, ownerId ?? undefined, by ?? undefined].filter((id) => id !== undefined))];
}

async function commonOf(work: Work, approvals: Approvals, document: ApprovedDocument): Promise<RecordValues> {
  return {
    [approvals.key]: document.id,
    title: (await approvals.titleOf(work, document)).slice(0, 250),
    round: document.approvalRound ?? 1,
    companyId: document.companyId ?? null,
    currency: document.currency ?? null,
    figures: approvals.figures.flatMap((field) => {
      const value = plainText(document[field]);
      return value === '' ? [] : [{ field, value }];
    }),
  };
}

function askedOf(step: ApprovalStep): RecordValues {
  return {
    step: step.name,
    roleId: step.roleId ?? null,
    peopleIds: step.peopleIds ?? [],
    escalationRoleId: step.escalationRoleId ?? null,
    allowed: step.deadline ?? null,
  };
}

/** Which comparisons of the condition the document meets, each with the value that it has. */
function reasonsOf(
  work: Work,
  approvals: Approvals,
  { policy, document }: { policy: ApprovalPolicy; document: ApprovedDocument },
): readonly RecordValues[] {
  const all = comparisonsOf(policy.condition);
  const met = all.filter(
    ({ name, operator, value }) => work.meets(approvals.document, document, { [name]: { [operator]: value } }) === true,
  );
  // What only says that something does not hold (`not`) is told as it is written.
  return (met.length > 0 ? met : all).map(({ name, operator, value }) => ({
    field: name,
    operator,
    wanted: typeof value === 'object' ? JSON.stringify(value) : plainText(value),
    held: plainText(document[name]),
  }));
}

/** How many must approve: as many as the step says, and never more than there are. */
function neededIn(step: ApprovalStep, { asked, people, name }: { asked: RecordValues; people: People; name: string }): number {
  const possible = approversOf(asked, people).length;
  const needed = step.mode === 'all' ? Math.max(possible, 1) : step.mode === 'some' ? (step.count ?? 1) : 1;
  if (possible >= needed) return needed;
  throw new Refusal('wrong_state', {
    en: `"${step.name}" of the approval policy "${name}" needs ${needed}, and only ${possible} could approve this besides its own authors. Have a manager add people to the policy.`,
    de: `„${step.name}“ der Freigaberegel „${name}“ braucht ${needed}, und außer den eigenen Verfassern könnten nur ${possible} dies freigeben. Lassen Sie die Leitung Personen in die Regel aufnehmen.`,
  });
}
