import type { Company, Message } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { definePublicPage } from '#platform/kernel/public-page.ts';
import { suppressionOf } from '../items/suppression-of.ts';

/** Old letters lie in mailboxes for years, and whoever has had enough reads the newest they find. */
const DAYS = 3_650;

/**
 * Where somebody sees which address gets letters from here, takes it off, and puts it on again. Looking at it changes nothing: programs that follow every link of a letter
 * take nobody off. Who works here is told as they say in the app.
 */
export const unsubscribePage = definePublicPage<Message>({
  name: 'unsubscribe',
  object: 'message',
  terms: ({ channel, address, userId, createdAt }) =>
    channel === 'email' && address && !userId ? { mark: address.toLowerCase(), lastDay: addDays(createdAt.slice(0, 10), DAYS) } : null,
  commands: { unsubscribe: [], resubscribe: [] },
  show: async (work, message) => {
    const company = message.senderId ? await work.find<Company>('company', message.senderId) : null;
    const suppression = await suppressionOf(work, message);
    return {
      state: suppression === null ? 'on' : suppression.reason === 'byHand' ? 'closed' : 'off',
      language: message.language ?? null,
      address: message.address ?? '',
      company: company && {
        name: company.name,
        address: null,
        email: company.email ?? null,
        phone: company.phone ?? null,
        vatNumber: null,
      },
    };
  },
});
