import type { Message } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { refuseDigested } from '../items/digested.ts';

/** Sends a message again that failed or came back: from the first attempt on. One that nobody could be reached by or that says nothing stays. */
export const retry = defineCommand<Message, Record<string, never>>({
  object: 'message',
  name: 'retry',
  run: (work, message) => {
    refuseDigested(message);
    const { address, body } = message;
    if (!address || !body)
      throw new Refusal('wrong_state', {
        en: 'This message has no address or no text, so there is nothing to send.',
        de: 'Diese Nachricht hat keine Adresse oder keinen Text, also gibt es nichts zu senden.',
      });
    return Promise.resolve({ values: { attempts: 0, nextAttemptAt: work.now, waitsFor: null, reason: null } });
  },
});
