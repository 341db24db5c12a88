import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';

/** What the Union's register says of a VAT number. Some countries keep name and address to themselves. */
export type ViesAnswer = {
  readonly isValid: boolean;
  readonly name: string | null;
  readonly address: string | null;
  /** What proves that it was asked: given to who asks with a VAT number of their own. */
  readonly consultationNumber: string | null;
};

const MILLISECONDS_MAX = 15_000;

/** Asks VIES for a number with its country's letters, in the name of a seller's number where there is one. Refuses when it does not answer: then nothing is known, and a later try may. */
export async function askVies(url: string, number: string, requester: string | null): Promise<ViesAnswer> {
  const asker = requester ? { requesterMemberStateCode: requester.slice(0, 2), requesterNumber: requester.slice(2) } : {};
  const response = await fetch(`${url}/check-vat-number`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ countryCode: number.slice(0, 2), vatNumber: number.slice(2), ...asker }),
    signal: AbortSignal.timeout(MILLISECONDS_MAX),
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (!response?.ok || !isRecord(answer) || typeof answer['valid'] !== 'boolean' || answer['errorWrappers'] !== undefined) throw silent();
  return {
    isValid: answer['valid'],
    name: told(answer['name']),
    address: told(answer['address']),
    consultationNumber: told(answer['requestIdentifier']),
  };
}

/** VIES writes dashes for what a country does not tell. */
function told(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^-*$/.test(text) ? null : text.slice(0, 250);
}

function silent(): Refusal {
  return new Refusal(
    'core_unreachable',
    {
      en: 'VIES, or the country whose number this is, does not answer at the moment. Nothing was changed; try again later.',
      de: 'VIES oder das Land dieser Nummer antwortet gerade nicht. Es wurde nichts geändert; versuchen Sie es später noch einmal.',
    },
    { retryAfterSeconds: 60 },
  );
}
