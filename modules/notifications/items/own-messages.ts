import type { MessageTime, NotificationRule, Preference, User } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isList } from '#platform/kernel/json.ts';
import type { Work } from '#platform/kernel/module.ts';
import { channelsOf, type Channel } from '../rules/channels.ts';

/** Who is signed in, as messages name them: `key` as who they are, and their address. */
export type Oneself = { readonly key: string; readonly email: string; readonly roles: readonly unknown[] };

/** A rule that tells somebody of something, and by which channels they want that. */
export type OwnRule = {
  readonly id: string;
  readonly name: string;
  readonly urgent: boolean;
  readonly channels: readonly { readonly channel: Channel; readonly wanted: boolean }[];
};

const RULES_MAX = 200;
const PREFERENCES_MAX = 1_000;

/** Whoever asks; refuses programs, and those whom this service does not know yet. */
export async function oneself(work: Work): Promise<Oneself> {
  const { userId } = work.caller;
  const user = userId === undefined ? null : await work.find<User>('user', userId);
  if (!user)
    throw new Refusal('not_allowed', {
      en: 'Only somebody who is signed in has messages of their own.',
      de: 'Eigene Nachrichten hat nur, wer angemeldet ist.',
    });
  return { key: `user/${user.id}`, email: (user.email ?? '').toLowerCase(), roles: isList(user.roles) ? user.roles : [] };
}

/** What they have said of when messages reach them, else what was said of their address. */
export async function ownTimesOf(work: Work, { key, email }: Oneself): Promise<MessageTime | null> {
  const found = await work.query<MessageTime>('message_time', { filter: { recipient: { in: [key, email] } }, limit: 2 });
  return found.find(({ recipient }) => recipient === key) ?? found[0] ?? null;
}

/** The rules in force that name them: by their address, a role of theirs, or a field in which somebody of the company stands. By SMS nobody here is reached. */
export async function ownRulesOf(work: Work, me: Oneself): Promise<readonly OwnRule[]> {
  const rules = await work.query<NotificationRule>('notification_rule', { filter: { active: true }, sort: 'name', limit: RULES_MAX });
  const unwanted = await work.query<Preference>('preference', {
    filter: { recipient: { in: [me.key, me.email] }, wanted: false },
    limit: PREFERENCES_MAX,
  });
  return rules
    .filter((rule) => names(work, rule, me))
    .map((rule) => ({
      id: rule.id,
      name: rule.name,
      urgent: rule.urgent ?? false,
      channels: channelsOf(rule)
        .filter((channel) => channel !== 'sms')
        .map((channel) => ({ channel, wanted: !unwanted.some((one) => one.ruleId === rule.id && one.channel === channel) })),
    }))
    .filter(({ channels }) => channels.length > 0);
}

function names(work: Work, { about, recipients }: NotificationRule, { email, roles }: Oneself): boolean {
  const fields = work.fieldsOf(about);
  return (recipients ?? []).some(({ kind, value }) => {
    if (kind === 'address') return value.toLowerCase() === email;
    if (kind === 'role') return roles.includes(value);
    const field = fields?.get(value);
    return field?.type === 'user' || field?.target === 'user';
  });
}
