import type { Invoice } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** The open item of an issued invoice, which payments makes when it hears of it. */
export function openItemOf({ openItemId }: Invoice): string {
  if (openItemId) return openItemId;
  throw new Refusal(
    'still_running',
    {
      en: 'The invoice has just been issued. Try again in a moment.',
      de: 'Die Rechnung ist eben erst gestellt. Versuchen Sie es gleich noch einmal.',
    },
    { retryAfterSeconds: 1 },
  );
}
