import type { MessageTime, Preference, Suppression } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** Addresses are compared in small letters, so they are kept so. */
export const writeSuppressedSmall = defineHook<Suppression, Record<string, never>>({
  object: 'suppression',
  name: 'writeSmall',
  derive: ({ address }) => ({ address: address.trim().toLowerCase() }),
});

/** The same of whose preference it is. */
export const writePreferenceSmall = defineHook<Preference, Record<string, never>>({
  object: 'preference',
  name: 'writeSmall',
  derive: ({ recipient }) => ({ recipient: recipient.trim().toLowerCase() }),
});

/** And of whose times they are. */
export const writeTimesSmall = defineHook<MessageTime, Record<string, never>>({
  object: 'message_time',
  name: 'writeSmall',
  derive: ({ recipient }) => ({ recipient: recipient.trim().toLowerCase() }),
});
