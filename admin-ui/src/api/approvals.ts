import { queryOptions } from '@tanstack/react-query';
import { askFor } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { queryRecords, type RecordValues } from './records.ts';

/** A comparison of a policy's condition that the document meets, and what it has there. */
export type Reason = { readonly field: string; readonly operator: string; readonly wanted: string; readonly held: string };

/** A step of approval as those see it who are asked. */
export type ApprovalRequest = RecordValues & {
  readonly id: string;
  readonly title: string | null;
  readonly step: string | null;
  readonly offerId: string;
  readonly policy: { readonly name?: string } | null;
  readonly requestedBy: { readonly name?: string } | null;
  readonly reasons: readonly Reason[] | null;
  readonly figures: readonly { readonly field: string; readonly value: string }[] | null;
  readonly currency: string | null;
  readonly needed: number | null;
  readonly decisions?: readonly { readonly comment?: string | null }[] | null;
  readonly dueAt: string | null;
  readonly escalatedAt: string | null;
  readonly createdAt: string;
};

const FIELDS =
  'id,title,step,offerId,policy.name,requestedBy.name,reasons,figures,currency,needed,decisions.comment,dueAt,escalatedAt,createdAt';
const REQUESTS_MAX = 100;

/** What waits for somebody, the most urgent first. */
export const waitingQuery = (requests: Pick<BusinessObject, 'module' | 'collection'>, userId: string) =>
  queryOptions({
    queryKey: ['approvals', 'list', userId],
    queryFn: async ({ signal }): Promise<readonly ApprovalRequest[]> => {
      const query = { filter: waitsFor(userId), fields: FIELDS, sort: 'dueAt,createdAt', limit: REQUESTS_MAX };
      return (await queryRecords(requests, query, signal)).items.map(asRequest);
    },
  });

/** How much waits for somebody; asked now and then, for the navigation. */
export const waitingCountQuery = (requests: Pick<BusinessObject, 'module' | 'collection'>, userId: string) =>
  queryOptions({
    queryKey: ['approvals', 'count', userId],
    queryFn: async ({ signal }) =>
      (await queryRecords(requests, { filter: waitsFor(userId), fields: 'id', limit: 1, count: 'exact' }, signal)).count ?? 0,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });

function waitsFor(userId: string) {
  return { status: 'open', waitsForIds: { anyOf: [userId] } };
}

function asRequest(record: RecordValues): ApprovalRequest;
function asRequest(record: RecordValues): RecordValues {
  return record;
}

/** Says yes or no; to a no belongs a comment. */
export function decideRequest(
  { module, collection }: Pick<BusinessObject, 'module' | 'collection'>,
  given: { readonly request: string; readonly decision: 'approve' | 'reject'; readonly comment?: string },
): Promise<unknown> {
  return askFor(`/api/${module}/${collection}/actions/decide`, { method: 'POST', body: given });
}
