/** What is asked of an offer here, as it was or is to be. */
type State = { readonly status?: unknown };

/** Whether an offer waits for approval, or has it and is not sent yet: people may still change it, and are asked about anew. */
export function isUnderApproval(offer: State | null): boolean {
  return offer?.status === 'submitted' || offer?.status === 'approved';
}

/** Whether prices and VAT are worked out: while it is a draft, and when somebody changes it under approval; no decision or sending changes them. */
export function isOpen(before: State | null, draft: State): boolean {
  if (!before || before.status === 'draft') return true;
  return isUnderApproval(before) && draft.status === before.status;
}
