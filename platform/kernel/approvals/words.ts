import type { Json } from '../model.ts';
import type { EventDefinition, RecordValues, Work } from '../module.ts';
import { trusted } from '../seam.ts';

/** A step of a policy: who may approve, how many of them must, by when, and who may too after that. */
export type ApprovalStep = {
  readonly name: string;
  readonly roleId?: string | null;
  readonly peopleIds?: readonly string[] | null;
  readonly mode: 'any' | 'some' | 'all';
  readonly count?: number | null;
  /** ISO 8601. */
  readonly deadline?: string | null;
  readonly escalationRoleId?: string | null;
};

/** Which documents need approval, and whose, as data. */
export type ApprovalPolicy = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly condition: { readonly [name: string]: unknown };
  readonly steps?: readonly ApprovalStep[] | null;
};

/** What somebody decided, for themselves or on behalf of somebody else. Such rows are only ever added. */
export type ApprovalDecision = {
  readonly byId?: string | null;
  readonly decision?: 'approve' | 'reject' | null;
  readonly at?: string | null;
  readonly comment?: string | null;
  readonly onBehalfOfId?: string | null;
};

/** One step of one policy, asked about one document as it is in one round. */
export type ApprovalRequest = {
  readonly id: string;
  readonly status?: 'waiting' | 'open' | 'approved' | 'rejected' | 'cancelled' | null;
  readonly title?: string | null;
  readonly step?: string | null;
  readonly order?: number | null;
  readonly round?: number | null;
  readonly authorIds?: readonly string[] | null;
  readonly roleId?: string | null;
  readonly peopleIds?: readonly string[] | null;
  readonly needed?: number | null;
  readonly waitsForIds?: readonly string[] | null;
  readonly allowed?: string | null;
  readonly dueAt?: string | null;
  readonly escalationRoleId?: string | null;
  readonly escalatedAt?: string | null;
  readonly decisions?: readonly ApprovalDecision[] | null;
};

/** A document that is approved. `approvalRound` counts how often approval was asked for: what was said in an earlier round does not count any more. */
export type ApprovedDocument = RecordValues & {
  readonly id: string;
  readonly createdBy: string;
  readonly ownerId?: string | null;
  readonly companyId?: string | null;
  readonly currency?: string | null;
  readonly approvalRound?: number | null;
};

/** Whom approval is asked of; what notifications tell them. */
export type ApprovalAsked = {
  readonly requestId: string;
  readonly document: string;
  readonly documentId: string;
  readonly title: string;
  readonly step: string;
  readonly userIds: readonly string[];
  readonly dueAt: string | null;
} & { readonly [key: string]: Json };

/** What is told of a request as it is now. */
export function toldOf({ document }: Approvals, request: ApprovalRequest, { id }: Pick<ApprovedDocument, 'id'>): ApprovalAsked {
  return {
    requestId: request.id,
    document,
    documentId: id,
    title: request.title ?? '',
    step: request.step ?? '',
    userIds: request.waitsForIds ?? [],
    dueAt: request.dueAt ?? null,
  };
}

/** How a module's documents are approved: the names of its objects, and what approvers are shown. */
export type Approvals = {
  readonly document: string;
  readonly policy: string;
  readonly request: string;
  readonly delegation: string;
  /** The reference to the document in a request, as it is written. */
  readonly key: string;
  /** Fields of which a change asks again, besides those that the conditions read; and of the lines. */
  readonly watched: readonly string[];
  readonly watchedOfLines: readonly string[];
  /** Fields whose values approvers see. */
  readonly figures: readonly string[];
  readonly titleOf: (work: Work, document: ApprovedDocument) => Promise<string>;
  readonly asked: EventDefinition<ApprovalAsked>;
  readonly escalated: EventDefinition<ApprovalAsked>;
};

/** How a module's documents are approved, checked against the record type; the metadata guarantees that records have it. */
export function defineApprovals<D extends ApprovedDocument>(
  approvals: Omit<Approvals, 'titleOf'> & { readonly titleOf: (work: Work, document: D) => Promise<string> },
): Approvals {
  return Object.freeze(trusted<Approvals>(approvals));
}
