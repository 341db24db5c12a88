import type { Order } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** Nothing of a held order is shipped: refused with `wrong_state`. */
export function refuseHeld(order: Pick<Order, 'number' | 'status'> | null): void {
  if (order?.status === 'onHold')
    throw new Refusal('wrong_state', {
      en: `Order ${order.number ?? ''} is on hold. Release it before its goods are shipped.`,
      de: `Auftrag ${order.number ?? ''} wird gehalten. Geben Sie ihn frei, bevor seine Ware versandt wird.`,
    });
}
