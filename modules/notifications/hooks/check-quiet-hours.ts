import type { MessageTime, NotificationRule } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook, type Hook } from '#platform/kernel/module.ts';

type Hours = Pick<MessageTime, 'quietFrom' | 'quietUntil'>;

/** Quiet hours of a rule have a beginning and an end. */
export const checkHoursOfRule = checkHours<NotificationRule>('notification_rule');

/** The same of somebody's own. */
export const checkOwnHours = checkHours<MessageTime>('message_time');

function checkHours<R extends Hours>(object: string): Hook {
  return defineHook<R, Record<string, never>>({
    object,
    name: 'checkQuietHours',
    derive: ({ quietFrom, quietUntil }) => {
      if (!quietFrom && !quietUntil) return {};
      const field = quietFrom ? 'quietUntil' : 'quietFrom';
      const at = { pointer: `/${field}`, field };
      if (!quietFrom || !quietUntil)
        throw invalidValues([
          faultAt(
            { ...at, rule: 'required' },
            { en: 'Quiet hours have a beginning and an end.', de: 'Eine Ruhezeit hat einen Anfang und ein Ende.' },
          ),
        ]);
      if (quietFrom === quietUntil)
        throw invalidValues([
          faultAt(
            { ...at, rule: 'order' },
            {
              en: 'Quiet hours that end when they begin leave no time for messages.',
              de: 'Eine Ruhezeit, die endet, wenn sie beginnt, lässt keine Zeit für Nachrichten.',
            },
          ),
        ]);
      return {};
    },
  });
}
