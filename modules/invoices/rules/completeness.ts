import { Refusal } from '#platform/kernel/errors.ts';

/** An invoice without lines asks for nothing: refused with `wrong_state`. */
export function refuseEmpty(invoice: { readonly lines?: readonly unknown[] | null }): void {
  if ((invoice.lines ?? []).length === 0)
    throw new Refusal('wrong_state', {
      en: 'An invoice needs at least one line before it can be issued. Add a line.',
      de: 'Eine Rechnung braucht mindestens eine Position, bevor sie gestellt werden kann. Fügen Sie eine hinzu.',
    });
}
