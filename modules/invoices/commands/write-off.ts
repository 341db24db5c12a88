import type { Invoice } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** Gives up what will not be paid: payments counts what is open, so that it is asked, and tells what is outstanding then. */
export const writeOff = defineCommand<Invoice, { reason: string; amount?: string | null }>({
  object: 'invoice',
  name: 'writeOff',
  ask: (owners, invoice, input) => {
    if (!invoice.openItemId)
      throw new Refusal(
        'still_running',
        {
          en: 'The invoice has just been issued. Try again in a moment.',
          de: 'Die Rechnung ist eben erst gestellt. Versuchen Sie es gleich noch einmal.',
        },
        { retryAfterSeconds: 1 },
      );
    return owners.command('open_item', invoice.openItemId, 'writeOff', input);
  },
  run: (_work, _invoice, _input, asked) => Promise.resolve(asked),
});
