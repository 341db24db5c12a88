import type { Order } from '#metadata/records.gen.ts';
import { faultAt, Refusal } from '#platform/kernel/errors.ts';

/** An order without lines orders nothing: refused with `wrong_state`. */
export function refuseEmpty(order: Order): void {
  if ((order.lines ?? []).length === 0)
    throw new Refusal('wrong_state', {
      en: 'An order needs at least one line before it can be confirmed. Add a line.',
      de: 'Ein Auftrag braucht mindestens eine Position, bevor er bestätigt werden kann. Fügen Sie eine hinzu.',
    });
}

/** The customer's own order number twice is one order sent twice: refused with `duplicate`. */
export function refuseSecond(order: Order, others: readonly Pick<Order, 'id' | 'number' | 'status'>[]): void {
  const other = others.find((one) => one.id !== order.id && one.status !== 'draft' && one.status !== 'cancelled');
  if (!other) return;
  const [reference, number] = [order.customerReference ?? '', other.number ?? ''];
  const sentence = {
    en: `The customer's order number ${reference} is on order ${number} already. Change it here, or cancel one of the two.`,
    de: `Die Bestellnummer ${reference} des Kunden steht schon auf Auftrag ${number}. Ändern Sie sie hier, oder stornieren Sie einen von beiden.`,
  };
  throw new Refusal('duplicate', sentence, {
    errors: [faultAt({ pointer: '/customerReference', field: 'customerReference', rule: 'unique' }, sentence)],
    other: { object: 'order', id: other.id },
  });
}

/** Where the goods of an order come from: its warehouse, else the first one of its company, which has the company's id. */
export function warehouseOf(order: Order): string {
  const warehouseId = order.warehouseId ?? order.companyId;
  if (!warehouseId)
    throw new Refusal('wrong_state', {
      en: 'The order needs a warehouse or a company, so that its goods can be reserved.',
      de: 'Der Auftrag braucht ein Lager oder eine Firma, damit seine Ware reserviert werden kann.',
    });
  return warehouseId;
}
