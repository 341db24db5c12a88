import type { NotificationRule } from '#metadata/records.gen.ts';

/** How messages reach people. */
export type Channel = NotificationRule['channel'];

/** The channels of a rule, in the order in which they are tried. */
export function channelsOf({ channel, fallback }: Pick<NotificationRule, 'channel' | 'fallback'>): readonly Channel[] {
  return fallback && fallback !== channel ? [channel, fallback] : [channel];
}

/** The one that is tried when this has failed; null where there is none. */
export function channelAfter(rule: Pick<NotificationRule, 'channel' | 'fallback'>, channel: Channel): Channel | null {
  const channels = channelsOf(rule);
  return channels[channels.indexOf(channel) + 1] ?? null;
}
