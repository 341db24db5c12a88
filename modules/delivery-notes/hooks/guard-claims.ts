import type { DeliveryNote, DeliveryNoteLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A delivery note ships what its order gave it, or less; never more, and nothing else. */
export const guardClaims = defineHook<DeliveryNote, Record<string, never>>({
  object: 'delivery_note',
  name: 'guardClaims',
  derive: (draft) => {
    const errors = (draft.lines ?? []).flatMap((line, index) => {
      if (exact(line.quantity).lte(claimedOf(line))) return [];
      const message = `The order gave ${claimedOf(line)} of "${line.description ?? 'this line'}"; less may be shipped, not more. Add to the order and create another delivery note.`;
      return [{ pointer: `/lines/${index}/quantity`, field: 'quantity', rule: 'claim', message }];
    });
    if (errors.length > 0) throw invalidValues(errors);
    return {};
  },
});

function claimedOf(line: DeliveryNoteLine): string {
  return line.claimed ?? '0';
}
