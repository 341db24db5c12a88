import type { MessageTime, Preference } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { oneself, ownRulesOf, ownTimesOf, type Oneself } from '../items/own-messages.ts';
import type { Channel } from '../rules/channels.ts';

type NoRecord = Record<string, never>;

/** What people say of when messages reach them; left out is empty. */
type Times = Partial<Pick<MessageTime, 'quietFrom' | 'quietUntil' | 'rhythm' | 'digestAt' | 'digestDay'>>;

/** When messages reach whoever asks, and of what they are told by which channels: of nobody else. */
export const ownMessages = defineCommand<NoRecord, NoRecord>({
  object: 'notification_rule',
  name: 'ownMessages',
  run: async (work) => ({ answer: await answerTo(work, await oneself(work)) }),
});

/** Says when messages reach whoever asks, whole: what is left out is no longer said. */
export const setOwnTimes = defineCommand<NoRecord, Times>({
  object: 'notification_rule',
  name: 'setOwnTimes',
  run: async (work, _record, times) => {
    const me = await oneself(work);
    const known = await ownTimesOf(work, me);
    const own = known?.recipient === me.key ? { id: known.id } : {};
    await work.save<MessageTime>('message_time', { ...own, recipient: me.key, ...timesOf(times) });
    return { answer: await answerTo(work, me) };
  },
});

/** Says whether whoever asks wants the messages of a rule that tells them, by a channel of it. */
export const setOwnPreference = defineCommand<NoRecord, { readonly ruleId: string; readonly channel: Channel; readonly wanted: boolean }>({
  object: 'notification_rule',
  name: 'setOwnPreference',
  run: async (work, _record, { ruleId, channel, wanted }) => {
    const me = await oneself(work);
    const rule = (await ownRulesOf(work, me)).find(({ id }) => id === ruleId);
    if (!rule?.channels.some((one) => one.channel === channel))
      throw new Refusal('wrong_state', {
        en: 'No rule tells you of something by this channel.',
        de: 'Über diesen Kanal teilt Ihnen keine Regel etwas mit.',
      });
    const said = await work.query<Preference>('preference', { filter: { recipient: { in: [me.key, me.email] }, ruleId, channel } });
    // Of their address too, should somebody have said it of that.
    for (const { id, wanted: before } of said) if (before !== wanted) await work.save<Preference>('preference', { id, wanted });
    if (said.length === 0 && !wanted) await work.save<Preference>('preference', { recipient: me.key, ruleId, channel, wanted });
    return { answer: await answerTo(work, me) };
  },
});

async function answerTo(work: Work, me: Oneself) {
  return { times: timesOf((await ownTimesOf(work, me)) ?? {}), rules: await ownRulesOf(work, me) };
}

/** Of a letter that does not leave nobody says when. */
function timesOf({ quietFrom = null, quietUntil = null, rhythm = null, digestAt = null, digestDay = null }: Times): Required<Times> {
  const isLetter = rhythm === 'daily' || rhythm === 'weekly';
  return { quietFrom, quietUntil, rhythm, digestAt: isLetter ? digestAt : null, digestDay: rhythm === 'weekly' ? digestDay : null };
}
