import { defineModule, type Module } from '#platform/kernel/module.ts';
import { retry } from './commands/retry.ts';
import { checkRule } from './hooks/check-rule.ts';
import { checkTemplate } from './hooks/check-template.ts';
import { writePreferenceSmall, writeSuppressedSmall } from './hooks/write-small.ts';
import { notifyOf } from './reactions/notify.ts';

/** Notifications: who is told of what, by which words and on which way, once; and what became of it. `publicUrl` is where people reach the installation. */
export function notificationsWith({ publicUrl }: { readonly publicUrl: string }): Module {
  return defineModule({
    name: 'notifications',
    objects: ['template', 'notification_rule', 'notification_recipient', 'message', 'suppression', 'preference'],
    hooks: [checkTemplate, checkRule, writeSuppressedSmall, writePreferenceSmall],
    commands: [retry],
    reactions: notifyOf(publicUrl),
  });
}
