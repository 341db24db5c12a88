import type { Job } from '#platform/kernel/module.ts';
import { beginAttempt, waitingBy } from '../items/attempt.ts';
import { bodiesOf } from '../mail/letter.ts';
import { settle } from '../items/settle.ts';
import type { Texter } from '../sms/texter.ts';

/** Hands the SMS that wait over to Twilio, which tells at an address of each what became of it. Without an account there they wait. */
export const sendTexts = (texter: Texter | null, publicUrl: string): Job => ({
  name: 'sendTexts',
  schedule: '* * * * *',
  steps: async (begin) => {
    if (!texter) return;
    for (const id of await waitingBy(begin, 'sms')) {
      const message = await begin((work) => beginAttempt(work, id));
      if (!message) continue;
      const tellAt = `${publicUrl}/api/notifications/webhooks/twilio-${id}`;
      const handed = await texter.send({ to: message.address ?? '', body: bodiesOf(message, []).text, tellAt });
      await begin((work) => settle(work, id, handed));
    }
  },
});
