import type { RecordValues, Work } from '../module.ts';
import { cancelRequests } from './ask.ts';
import { waitsFor } from './people.ts';
import { readPeople } from './read.ts';
import { toldOf, type ApprovalRequest, type Approvals, type ApprovedDocument } from './words.ts';

/** So many at a time; what is left over waits for the next time. */
const REQUESTS_MAX = 200;

/**
 * Follows what changes without anybody deciding: deadlines that are over (the role above is asked too, once), people who come, go or stand in for
 * others, and documents that are gone. The document is locked before its request, as where it is decided.
 */
export async function followApprovals(work: Work, approvals: Approvals): Promise<void> {
  const open = await work.query<ApprovalRequest & RecordValues>(approvals.request, {
    filter: { status: 'open' },
    sort: 'dueAt',
    limit: REQUESTS_MAX,
  });
  for (const { id, [approvals.key]: key } of open) {
    const document = await work.get<ApprovedDocument>(approvals.document, String(key));
    if (!document) await cancelRequests(work, approvals, { id: String(key) });
    else await followOne(work, approvals, { id, document });
  }
}

async function followOne(work: Work, approvals: Approvals, at: { id: string; document: ApprovedDocument }): Promise<void> {
  const document = await work.lock<ApprovedDocument>(approvals.document, at.document.id);
  const request = await work.lock<ApprovalRequest & RecordValues>(approvals.request, at.id);
  if (request.status !== 'open') return;
  const isDue = Boolean(request.dueAt) && Date.parse(request.dueAt ?? '') <= Date.parse(work.now);
  const escalatedAt = request.escalatedAt ?? (isDue && request.escalationRoleId ? work.now : null);
  const people = await readPeople(work, approvals, document.companyId);
  const waitsForIds = waitsFor({ ...request, escalatedAt }, people);
  const isSame = JSON.stringify(waitsForIds) === JSON.stringify([...(request.waitsForIds ?? [])].toSorted());
  if (isSame && escalatedAt === (request.escalatedAt ?? null)) return;
  await work.save(approvals.request, { id: request.id, waitsForIds, escalatedAt });
  if (escalatedAt === null || request.escalatedAt) return;
  const told = toldOf(approvals, { ...request, waitsForIds }, document);
  await work.emit(approvals.escalated, `${approvals.request}/${request.id}`, told);
}
