import { defineModule, type Module } from '#platform/kernel/module.ts';
import { inbox, readInbox } from './commands/inbox.ts';
import { preview } from './commands/preview.ts';
import { retry } from './commands/retry.ts';
import { checkRule } from './hooks/check-rule.ts';
import { checkTemplate } from './hooks/check-template.ts';
import { writePreferenceSmall, writeSuppressedSmall } from './hooks/write-small.ts';
import { sendMail } from './jobs/send-mail.ts';
import { sendTexts } from './jobs/send-texts.ts';
import { tellOfDays } from './jobs/tell-of-days.ts';
import { openMailer, type MailSettings } from './mail/mailer.ts';
import { unsubscribeHeaders } from './mail/unsubscribe-headers.ts';
import { notifyOf } from './reactions/notify.ts';
import { openTexter, type SmsSettings } from './sms/texter.ts';
import { hear } from './webhooks/hear.ts';
import { openUnsubscribing } from './webhooks/unsubscribe.ts';

/**
 * What notifications need of the installation: where people reach it, a key for links that take an address off, and the mail server and the account at Twilio by
 * which messages leave; without these they are kept.
 */
export type Needs = {
  readonly publicUrl: string;
  readonly linkKey: Uint8Array<ArrayBuffer>;
  readonly mail?: MailSettings | undefined;
  readonly sms?: SmsSettings | undefined;
};

/** Notifications: who is told of what, by which words and on which way, once; and what became of it. */
export function notificationsWith({ publicUrl, linkKey, mail, sms }: Needs): Module {
  const unsubscribing = openUnsubscribing(linkKey);
  const texter = sms ? openTexter(sms) : null;
  return defineModule({
    name: 'notifications',
    objects: ['template', 'notification_rule', 'notification_recipient', 'message', 'suppression', 'preference'],
    hooks: [checkTemplate, checkRule, writeSuppressedSmall, writePreferenceSmall],
    commands: [retry, preview(publicUrl), inbox, readInbox],
    reactions: notifyOf(publicUrl),
    jobs: [
      sendMail(mail ? openMailer(mail) : null, unsubscribeHeaders(unsubscribing, publicUrl)),
      sendTexts(texter, publicUrl),
      tellOfDays(publicUrl),
    ],
    webhook: hear({ publicUrl, texter, unsubscribing }),
  });
}
