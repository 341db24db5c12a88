import type { Message } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { messagesIn, refuseDigested } from '../items/digested.ts';

/** Takes a message out of the queue, and with a letter of several all that are in it. */
export const cancel = defineCommand<Message, Record<string, never>>({
  object: 'message',
  name: 'cancel',
  run: async (work, message) => {
    refuseDigested(message);
    for (const { id, status } of await messagesIn(work, message))
      if (status === 'queued') await work.save<Message>('message', { id, status: 'suppressed' });
    return { values: { waitsFor: null, nextAttemptAt: null } };
  },
});
