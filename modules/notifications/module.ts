import { defineModule, type EventDefinition, type Module } from '#platform/kernel/module.ts';
import { cancel } from './commands/cancel.ts';
import { inbox, readInbox } from './commands/inbox.ts';
import { ownMessages, setOwnPreference, setOwnTimes } from './commands/own-messages.ts';
import { preview } from './commands/preview.ts';
import { retry } from './commands/retry.ts';
import { resubscribe, unsubscribe } from './commands/unsubscribe.ts';
import { checkHoursOfRule, checkOwnHours } from './hooks/check-quiet-hours.ts';
import { checkRhythm } from './hooks/check-rhythm.ts';
import { checkRule } from './hooks/check-rule.ts';
import { checkTemplate } from './hooks/check-template.ts';
import { writePreferenceSmall, writeSuppressedSmall, writeTimesSmall } from './hooks/write-small.ts';
import { sendMail } from './jobs/send-mail.ts';
import { sendTexts } from './jobs/send-texts.ts';
import { tellOfDays } from './jobs/tell-of-days.ts';
import { openMailer, type MailSettings } from './mail/mailer.ts';
import { unsubscribeHeaders } from './mail/unsubscribe-headers.ts';
import { unsubscribePage } from './pages/unsubscribe.ts';
import { forgetPeople } from './reactions/forget-people.ts';
import { hearEvents } from './reactions/hear-event.ts';
import { notifyOf } from './reactions/notify.ts';
import { namedEvents } from './rules/named-events.ts';
import { openTexter, type SmsSettings } from './sms/texter.ts';
import { hear } from './webhooks/hear.ts';
import { openUnsubscribing } from './webhooks/unsubscribe.ts';

/**
 * What notifications need of the installation: where people reach it, a key for links that take an address off, the events of all, and the mail server and the
 * account at Twilio by which messages leave; without these they are kept.
 */
export type Needs = {
  readonly publicUrl: string;
  readonly linkKey: Uint8Array<ArrayBuffer>;
  /** What services declare that they tell: rules can be about each of these. */
  readonly events: readonly EventDefinition[];
  readonly mail?: MailSettings | undefined;
  readonly sms?: SmsSettings | undefined;
};

/** Notifications: who is told of what, by which words and on which way, once; and what became of it. */
export function notificationsWith({ publicUrl, linkKey, events: declared, mail, sms }: Needs): Module {
  const events = namedEvents(declared);
  const unsubscribing = openUnsubscribing(linkKey);
  const texter = sms ? openTexter(sms) : null;
  return defineModule({
    name: 'notifications',
    objects: ['template', 'notification_rule', 'notification_recipient', 'message', 'suppression', 'preference', 'message_time'],
    hooks: [
      checkTemplate(events),
      checkRule(events),
      writeSuppressedSmall,
      writePreferenceSmall,
      checkHoursOfRule,
      checkOwnHours,
      checkRhythm,
      writeTimesSmall,
    ],
    commands: [
      retry,
      cancel,
      unsubscribe,
      resubscribe,
      preview({ publicUrl, events }),
      inbox,
      readInbox,
      ownMessages,
      setOwnTimes,
      setOwnPreference,
    ],
    reactions: [...notifyOf(publicUrl), ...hearEvents(events, publicUrl), forgetPeople],
    jobs: [
      sendMail(mail ? openMailer(mail) : null, unsubscribeHeaders(unsubscribing, publicUrl)),
      sendTexts(texter, publicUrl),
      tellOfDays(publicUrl),
    ],
    publicPages: [unsubscribePage],
    webhook: hear({ publicUrl, texter, unsubscribing, mailSecret: mail?.receiptSecret }),
  });
}
