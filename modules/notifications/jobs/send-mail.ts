import type { Company, Message } from '#metadata/records.gen.ts';
import type { Elsewhere } from '#platform/kernel/elsewhere.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Begin, Job } from '#platform/kernel/module.ts';
import { plainText } from '#platform/kernel/json.ts';
import { bodiesOf, type Letter } from '../mail/letter.ts';
import type { Handed, Mailer } from '../mail/mailer.ts';
import { settle } from '../items/settle.ts';
import { nextAttempt } from '../rules/attempts.ts';

/** So many at a time; what is left over waits for the next time. */
const MESSAGES_MAX = 200;

/**
 * Hands the mails that wait over to the mail server. Each attempt is noted before it is made, with the time of the next one: a process that dies between the
 * server's answer and our note leaves one that is tried again then, under the same Message-ID. Without a server they wait.
 */
export const sendMail = (mailer: Mailer | null): Job => ({
  name: 'sendMail',
  schedule: '* * * * *',
  steps: async (begin, _report, elsewhere) => {
    if (!mailer) return;
    const ids = await waiting(begin);
    for (const id of ids) {
      const begun = await begin((work) => beginAttempt(work, id));
      if (!begun) continue;
      const handed = await handOver(mailer, elsewhere, begun);
      await begin((work) => settle(work, id, handed));
    }
  },
});

async function waiting(begin: Begin): Promise<readonly string[]> {
  const found = await begin((work) =>
    work.query<Message>('message', {
      filter: { status: 'queued', channel: 'email', nextAttemptAt: { lte: work.now } },
      fields: 'id',
      sort: 'nextAttemptAt',
      limit: MESSAGES_MAX,
    }),
  );
  return found.map(({ id }) => id);
}

type Attempt = { readonly message: Message; readonly company: Company | null; readonly document: string };

/** Null where somebody else was faster, or it is not to be sent any more. */
async function beginAttempt(work: Parameters<Parameters<Begin>[0]>[0], id: string): Promise<Attempt | null> {
  const message = await work.lock<Message>('message', id);
  if (message.status !== 'queued' || (message.nextAttemptAt ?? '') > work.now) return null;
  const attempts = (message.attempts ?? 0) + 1;
  await work.save<Message>('message', { id, attempts, nextAttemptAt: nextAttempt(attempts, work.now) });
  const company = message.senderId ? await work.find<Company>('company', message.senderId) : null;
  const record = message.record ? await work.find(message.record.object, message.record.id) : null;
  return { message, company, document: plainText(record?.['number']) || 'document' };
}

async function handOver(mailer: Mailer, elsewhere: Elsewhere, { message, company, document }: Attempt): Promise<Handed> {
  try {
    const attachments = await attached(elsewhere, message, document);
    if (attachments === null) return { kind: 'later', reason: 'The document that is to be attached is not there.' };
    return await mailer.send(letterOf(message, company, attachments));
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

function letterOf(message: Message, company: Company | null, attachments: Letter['attachments']): Letter {
  return {
    id: message.id,
    sender: company?.name ?? '',
    to: { name: message.recipientName ?? '', address: message.address ?? '' },
    subject: message.subject ?? '',
    ...bodiesOf(message),
    attachments,
    headers: {},
  };
}
