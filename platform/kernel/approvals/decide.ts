import { faultAt, invalidValues, Refusal } from '../errors.ts';
import type { RecordValues, Work } from '../module.ts';
import type { Sentence } from '../sentence.ts';
import { openNext } from './ask.ts';
import { standingOf, verdictOf, waitsFor, type People, type Standing } from './people.ts';
import { readPeople, readUndecided } from './read.ts';
import type { ApprovalRequest, Approvals, ApprovedDocument } from './words.ts';

/** What somebody says about a document; to a rejection belongs a comment. */
export type Decision = { readonly decision: 'approve' | 'reject'; readonly comment?: string | null };

/** What became of the document: it waits for more, is approved or rejected; `same` said what that person had said already. */
export type Outcome = 'open' | 'approved' | 'rejected' | 'same';

/**
 * Notes a decision about a document, which is locked and waits for approval, in its present round: whoever decides at the same moment comes after.
 * Nobody decides about their own, twice, or unasked: refused with `not_allowed`. A document about which nobody was asked is approved by right alone.
 */
export async function decide(work: Work, approvals: Approvals, document: ApprovedDocument, given: Decision): Promise<Outcome> {
  refuseWordless(given);
  const requests = await readUndecided(work, approvals, document);
  const current = requests.filter(({ round }) => round === (document.approvalRound ?? 1));
  const open = current.find(({ status }) => status === 'open');
  if (!open) return withoutRequest(document, given);
  const request = await work.lock<ApprovalRequest & RecordValues>(approvals.request, open.id);
  const people = await readPeople(work, approvals, document.companyId);
  const userId = work.caller.userId ?? '';
  if (hasSaid(request, userId, given)) return 'same';
  const standing = standingOf(request, userId, people);
  if ('no' in standing) throw refusalOf(standing.no, request);
  return noted(work, approvals, {
    request,
    document,
    people,
    given,
    as: standing.as,
    next: current.find(({ status }) => status === 'waiting'),
  });
}

type Noted = {
  readonly request: ApprovalRequest;
  readonly document: ApprovedDocument;
  readonly people: People;
  readonly given: Decision;
  readonly as: string;
  readonly next: ApprovalRequest | undefined;
};

async function noted(work: Work, approvals: Approvals, at: Noted): Promise<Outcome> {
  const { request, document, people, given, as, next } = at;
  const byId = work.caller.userId ?? '';
  const row = { byId, decision: given.decision, at: work.now, comment: given.comment ?? null, onBehalfOfId: as === byId ? null : as };
  const decisions = [...(request.decisions ?? []), row];
  const verdict = verdictOf({ ...request, decisions });
  const waitsForIds = verdict === 'open' ? waitsFor({ ...request, decisions }, people) : [];
  await work.save(approvals.request, { id: request.id, decisions, waitsForIds, status: verdict });
  if (verdict === 'approved' && next) {
    await openNext(work, approvals, { request: next, document, people });
    return 'open';
  }
  if (verdict === 'rejected') await dropRest(work, approvals, document);
  return verdict;
}

async function dropRest(work: Work, approvals: Approvals, document: ApprovedDocument): Promise<void> {
  for (const { id } of await readUndecided(work, approvals, document)) await work.save(approvals.request, { id, status: 'cancelled' });
}

/** Between a change and its being asked about anew there is nothing to decide. */
function withoutRequest(document: ApprovedDocument, { decision }: Decision): Outcome {
  if (document['approval'] !== 'asked') return decision === 'approve' ? 'approved' : 'rejected';
  throw new Refusal('still_running', ASKED_ANEW, { retryAfterSeconds: 1 });
}

function hasSaid({ decisions }: ApprovalRequest, userId: string, { decision }: Decision): boolean {
  return (decisions ?? []).some((row) => row.byId === userId && row.decision === decision);
}

function refuseWordless({ decision, comment }: Decision): void {
  if (decision !== 'reject' || (comment ?? '').trim() !== '') return;
  const at = { pointer: '/comment', field: 'comment', rule: 'required' };
  throw invalidValues([
    faultAt(at, {
      en: 'Say why: the author has to know what to change.',
      de: 'Sagen Sie, warum: Der Verfasser muss wissen, was zu ändern ist.',
    }),
  ]);
}

const ASKED_ANEW: Sentence = {
  en: 'This was changed a moment ago and is being asked about anew. Look at it again.',
  de: 'Dies wurde eben geändert und wird neu angefragt. Sehen Sie es sich noch einmal an.',
};

function refusalOf(no: Extract<Standing, { no: unknown }>['no'], { step }: ApprovalRequest): Refusal {
  return new Refusal('not_allowed', SENTENCES[no](step ?? ''));
}

const SENTENCES: { readonly [no in Extract<Standing, { no: unknown }>['no']]: (step: string) => Sentence } = {
  own: () => ({
    en: 'This is your own: you made, own or submitted it. Somebody else has to decide.',
    de: 'Dies ist Ihr eigener Beleg: von Ihnen angelegt, vorgelegt oder Ihnen zugeordnet. Jemand anderes muss entscheiden.',
  }),
  decided: () => ({
    en: 'You have decided already. What was said stays as it is.',
    de: 'Sie haben schon entschieden. Was gesagt ist, bleibt.',
  }),
  decidedFor: () => ({
    en: 'Whoever stands in for you, or somebody you stand in for, has decided already.',
    de: 'Ihre Vertretung, oder wen Sie vertreten, hat schon entschieden.',
  }),
  notAsked: (step) => ({
    en: `This waits for others: you are not asked in the step "${step}".`,
    de: `Dies wartet auf andere: Im Schritt „${step}“ sind Sie nicht gefragt.`,
  }),
};
