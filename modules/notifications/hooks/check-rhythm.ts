import type { NotificationRule } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A letter of several messages carries no documents and no links by which to answer: each of these is a letter of its own. */
export const checkRhythm = defineHook<NotificationRule, Record<string, never>>({
  object: 'notification_rule',
  name: 'checkRhythm',
  derive: ({ rhythm, attachesDocument, handsOutLink }) => {
    const isCollected = rhythm === 'daily' || rhythm === 'weekly';
    if (!isCollected || (!attachesDocument && !handsOutLink)) return {};
    throw invalidValues([
      faultAt(
        { pointer: '/rhythm', field: 'rhythm', rule: 'letter' },
        {
          en: 'What has the document or a link with it leaves at once: choose that, or leave these out.',
          de: 'Was das Dokument oder einen Link mitbringt, geht sofort: Wählen Sie das, oder lassen Sie diese weg.',
        },
      ),
    ]);
  },
});
