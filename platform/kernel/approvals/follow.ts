import type { RecordValues, Work } from '../module.ts';
import { cancelRequests } from './ask.ts';
import { waitsFor, type People } from './people.ts';
import { readPeople } from './read.ts';
import { toldOf, type ApprovalRequest, type Approvals, type ApprovedDocument } from './words.ts';

/** So many are read at a time. */
const PAGE = 200;

/**
 * Follows what changes without anybody deciding, for every open request: deadlines that are over (the role above is asked too, once), people who
 * come, go or stand in for others, and documents that are gone. Only what is to change is locked, the document before its request, as where it is decided.
 */
export async function followApprovals(work: Work, approvals: Approvals): Promise<void> {
  const known = new Map<string, Promise<People>>();
  const peopleOf = (companyId: string | null | undefined): Promise<People> => {
    const people = known.get(companyId ?? '') ?? readPeople(work, approvals, companyId);
    known.set(companyId ?? '', people);
    return people;
  };
  const query = { filter: { status: 'open' }, sort: 'id', limit: PAGE };
  for await (const open of work.pages<ApprovalRequest & RecordValues>(approvals.request, query))
    for (const request of open) {
      const document = await work.get<ApprovedDocument>(approvals.document, String(request[approvals.key]));
      if (!document) await cancelRequests(work, approvals, { id: String(request[approvals.key]) });
      else if (changeOf(work, request, await peopleOf(document.companyId)))
        await followOne(work, approvals, { id: request.id, document, people: await peopleOf(document.companyId) });
    }
}

/** For whom a request waits now and since when it is escalated; null where that is what it says. */
function changeOf(
  work: Work,
  request: ApprovalRequest,
  people: People,
): { waitsForIds: readonly string[]; escalatedAt: string | null } | null {
  const isDue = Boolean(request.dueAt) && Date.parse(request.dueAt ?? '') <= Date.parse(work.now);
  const escalatedAt = request.escalatedAt ?? (isDue && request.escalationRoleId ? work.now : null);
  const waitsForIds = waitsFor({ ...request, escalatedAt }, people);
  const isSame = JSON.stringify(waitsForIds) === JSON.stringify([...(request.waitsForIds ?? [])].toSorted());
  return isSame && escalatedAt === (request.escalatedAt ?? null) ? null : { waitsForIds, escalatedAt };
}

type Followed = { readonly id: string; readonly document: ApprovedDocument; readonly people: People };

async function followOne(work: Work, approvals: Approvals, at: Followed): Promise<void> {
  const document = await work.lock<ApprovedDocument>(approvals.document, at.document.id);
  const request = await work.lock<ApprovalRequest & RecordValues>(approvals.request, at.id);
  const change = request.status === 'open' ? changeOf(work, request, at.people) : null;
  if (!change) return;
  const { waitsForIds, escalatedAt } = change;
  await work.save(approvals.request, { id: request.id, waitsForIds, escalatedAt });
  if (escalatedAt === null || request.escalatedAt) return;
  const told = toldOf(approvals, { ...request, waitsForIds }, document);
  await work.emit(approvals.escalated, `${approvals.request}/${request.id}`, told);
}
