import { Refusal } from '#platform/kernel/errors.ts';

/** An offer without lines offers nothing: refused with `wrong_state`. */
export function refuseIncomplete(offer: { readonly lines?: readonly unknown[] | null }): void {
  if ((offer.lines ?? []).length === 0)
    throw new Refusal('wrong_state', {
      en: 'An offer needs at least one line before it can be submitted. Add a line and submit again.',
      de: 'Ein Angebot braucht mindestens eine Position, bevor es eingereicht werden kann. Fügen Sie eine hinzu.',
    });
}
