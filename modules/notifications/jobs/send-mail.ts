import type { Company, Message } from '#metadata/records.gen.ts';
import type { Elsewhere } from '#platform/kernel/elsewhere.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Job, Work } from '#platform/kernel/module.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import { bodiesOf, type Letter } from '../mail/letter.ts';
import type { Handed, Mailer } from '../mail/mailer.ts';
import { beginAttempt, waitingBy } from '../items/attempt.ts';
import { collectDigests } from '../items/collect.ts';
import { settle } from '../items/settle.ts';

/**
 * Hands the mails that wait over to the mail server. Each attempt is noted before it is made, with the time of the next one: a process that dies between the
 * server's answer and our note leaves one that is tried again then, under the same Message-ID. Without a server they wait.
 */
export const sendMail = (mailer: Mailer | null, headersOf: (message: Message) => Promise<Letter['headers']>): Job => ({
  name: 'sendMail',
  schedule: '* * * * *',
  steps: async (begin, _report, elsewhere) => {
    if (!mailer) return;
    await collectDigests(begin);
    for (const id of await waitingBy(begin, 'email')) {
      const attempt = await begin((work) => begun(work, id));
      if (!attempt) continue;
      const handed = await handOver(mailer, elsewhere, { ...attempt, headers: await headersOf(attempt.message) });
      await begin((work) => settle(work, id, handed));
    }
  },
});

type Attempt = { readonly message: Message; readonly company: Company | null; readonly document: string };

/** The message of an attempt that is begun, in whose name it is, and what its document is called; null where it is not to be sent. */
async function begun(work: Work, id: string): Promise<Attempt | null> {
  const message = await beginAttempt(work, id);
  if (!message) return null;
  const company = message.senderId ? await work.find<Company>('company', message.senderId) : null;
  const record = message.record ? await work.find(message.record.object, message.record.id) : null;
  return { message, company, document: plainText(record?.['number']) || 'document' };
}

type Ready = Attempt & Pick<Letter, 'headers'>;

async function handOver(mailer: Mailer, elsewhere: Elsewhere, { message, company, document, headers }: Ready): Promise<Handed> {
  try {
    const attachments = await attached(elsewhere, message, document);
    if (attachments === null) return { kind: 'later', reason: 'The document that is to be attached is not there.' };
    const links = message.handsOutLink && message.record ? await elsewhere.links(message.record.object, message.record.id) : [];
    const [off] = await elsewhere.links('message', message.id);
    return await mailer.send({ ...letterOf({ message, company, links, unsubscribeAt: off?.url ?? null }), attachments, headers });
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'later', reason: error.message };
    throw error;
  }
}

/** The document as its service has issued it; null where it has none yet. */
async function attached(elsewhere: Elsewhere, message: Message, name: string): Promise<Letter['attachments'] | null> {
  if (!message.attachesDocument || !message.record) return [];
  const bytes = await elsewhere.document(message.record.object, message.record.id);
  return bytes && [{ name: `${name.replaceAll(/[^\w.-]/g, '-')}.pdf`, bytes }];
}

type Written = Pick<Attempt, 'message' | 'company'> & { readonly links: readonly PublicLink[]; readonly unsubscribeAt: string | null };

function letterOf({ message, company, links, unsubscribeAt }: Written): Omit<Letter, 'attachments' | 'headers'> {
  return {
    id: message.id,
    sender: company?.name ?? '',
    to: { name: message.recipientName ?? '', address: message.address ?? '' },
    subject: message.subject ?? '',
    ...bodiesOf(message, links, unsubscribeAt),
  };
}
