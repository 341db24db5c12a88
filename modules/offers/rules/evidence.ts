import type { RecordValues } from '#platform/kernel/module.ts';
import type { LinkUse } from '#platform/kernel/public-page.ts';

/** What is kept of a decision that was taken at a link: when, by whom as they said, and from where. Nothing of one that was entered by hand. */
export function evidenceOf(link: LinkUse | undefined, decision: { readonly at: string; readonly name: string | null }): RecordValues {
  if (!link) return {};
  const { address, userAgent } = link;
  return { decisionEvidence: [{ ...decision, address, userAgent }] };
}
