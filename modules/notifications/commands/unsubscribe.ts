import type { Message } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { suppress } from '../items/receive.ts';
import { suppressionOf } from '../items/suppression-of.ts';

type NoInput = Record<string, never>;

/** From now on nothing goes to the address of this message: as whoever has the link in it says, or somebody here. */
export const unsubscribe = defineCommand<Message, NoInput>({
  object: 'message',
  name: 'unsubscribe',
  run: async (work, message) => {
    refuseInApp(message);
    await suppress(work, message, work.caller.link ? 'unsubscribed' : 'byHand');
    return undefined;
  },
});

/** The address gets messages again. What somebody here has stopped by hand, only somebody here lets through. */
export const resubscribe = defineCommand<Message, NoInput>({
  object: 'message',
  name: 'resubscribe',
  run: async (work, message) => {
    refuseInApp(message);
    const suppression = await suppressionOf(work, message);
    if (!suppression) return undefined;
    if (work.caller.link && suppression.reason === 'byHand')
      throw new Refusal('wrong_state', {
        en: 'This address was taken off by those who wrote to you. Ask them.',
        de: 'Diese Adresse wurde dort abgemeldet, woher die Nachricht kam. Fragen Sie dort.',
      });
    await work.remove('suppression', suppression.id);
    return undefined;
  },
});

function refuseInApp({ channel, address }: Message): void {
  if (address && channel !== 'inApp') return;
  throw new Refusal('wrong_state', {
    en: 'This message goes to no address that could be taken off.',
    de: 'Diese Nachricht geht an keine Adresse, die sich abmelden ließe.',
  });
}
