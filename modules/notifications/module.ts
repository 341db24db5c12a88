import { defineModule, type Module } from '#platform/kernel/module.ts';
import { retry } from './commands/retry.ts';
import { checkRule } from './hooks/check-rule.ts';
import { checkTemplate } from './hooks/check-template.ts';
import { writePreferenceSmall, writeSuppressedSmall } from './hooks/write-small.ts';
import { sendMail } from './jobs/send-mail.ts';
import { tellOfDays } from './jobs/tell-of-days.ts';
import { openMailer, type MailSettings } from './mail/mailer.ts';
import { notifyOf } from './reactions/notify.ts';

/** What notifications need of the installation: where people reach it, and the mail server that takes their letters; without one they are kept. */
export type Needs = { readonly publicUrl: string; readonly mail?: MailSettings | undefined };

/** Notifications: who is told of what, by which words and on which way, once; and what became of it. */
export function notificationsWith({ publicUrl, mail }: Needs): Module {
  return defineModule({
    name: 'notifications',
    objects: ['template', 'notification_rule', 'notification_recipient', 'message', 'suppression', 'preference'],
    hooks: [checkTemplate, checkRule, writeSuppressedSmall, writePreferenceSmall],
    commands: [retry],
    reactions: notifyOf(publicUrl),
    jobs: [sendMail(mail ? openMailer(mail) : null), tellOfDays(publicUrl)],
  });
}
