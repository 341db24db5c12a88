import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { amountOf, atLeastZero, least } from './quantity.ts';

/** How much of one order line a document takes. */
export type Taken = { readonly line: OrderLine; readonly quantity: Exact };

/** What somebody asked for: quantities by the id of the line, or nothing, which means all that is open. */
export type Asked = ReadonlyMap<string, Exact> | null;

/** A row of the command's input; the platform has checked its form. */
export type AskedRow = { readonly orderLineId: string; readonly quantity: string };

/** The quantities of a command's input; refuses one that is not above zero, naming the row. */
export function askedQuantities(rows: readonly AskedRow[] = []): Asked {
  const errors = rows.flatMap(({ quantity }, index) =>
    exact(quantity).gt(0)
      ? []
      : [
          fault(`/lines/${index}/quantity`, {
            en: `Row ${index + 1} needs a quantity above zero, such as "1.5".`,
            de: `Zeile ${index + 1} braucht eine Menge über null, etwa 1,5.`,
          }),
        ],
  );
  if (errors.length > 0) throw invalidValues(errors);
  const asked = new Map<string, Exact>();
  for (const { orderLineId, quantity } of rows) asked.set(orderLineId, exact(quantity).plus(asked.get(orderLineId) ?? 0));
  return rows.length === 0 ? null : asked;
}

/** The most of a line that may be delivered or invoiced: what was ordered and the order's tolerance on it. */
export function upTo(line: OrderLine, order: Pick<Order, 'tolerancePercent'>): Exact {
  return exact(line.quantity).times(amountOf(order.tolerancePercent).plus(100)).div(100);
}

/** What a claim is for: how much of a line is claimed already, and how much is taken when nobody says how much. */
export type ClaimKind = {
  readonly claimed: (line: OrderLine) => Exact;
  readonly offered: (line: OrderLine) => Exact;
  readonly word: Sentence;
};

/** Delivery notes take what is ordered and not on one yet; of goods kept in stock only what is reserved. Services are not delivered. */
export const FOR_DELIVERY: ClaimKind = {
  claimed: (line) => amountOf(line.deliveryClaimed),
  offered: (line) =>
    line.kind === 'service'
      ? exact(0)
      : line.kind === 'stock'
        ? least(openOf(line, line.deliveryClaimed), heldFree(line))
        : openOf(line, line.deliveryClaimed),
  word: { en: 'delivered', de: 'geliefert' },
};

/** Invoices take what is ordered and not on one yet. */
export const FOR_INVOICE: ClaimKind = {
  claimed: (line) => amountOf(line.invoiceClaimed),
  offered: (line) => openOf(line, line.invoiceClaimed),
  word: { en: 'invoiced', de: 'berechnet' },
};

/** Reserved for a line and not on a delivery note that waits to be shipped. */
export function heldFree(line: OrderLine): Exact {
  return atLeastZero(amountOf(line.reserved).minus(onTheWay(line)));
}

/** On delivery notes that have not been shipped. */
export function onTheWay(line: OrderLine): Exact {
  return atLeastZero(amountOf(line.deliveryClaimed).minus(amountOf(line.delivered)));
}

/**
 * What a new document takes of each line: what was asked for, else all that is offered. Refuses more than ordered plus tolerance with
 * `invalid_value`, and a document of nothing with `wrong_state`.
 */
export function takeLines(order: Order, asked: Asked, kind: ClaimKind): readonly Taken[] {
  const lines = order.lines ?? [];
  const strange = [...(asked?.keys() ?? [])].find((id) => !lines.some((line) => line.id === id));
  if (strange !== undefined) {
    const id = strange.slice(0, 40);
    throw invalidValues([fault('/lines', { en: `This order has no line ${id}.`, de: `Dieser Auftrag hat keine Position ${id}.` })]);
  }
  const taken = lines.flatMap((line) => {
    const quantity = asked ? asked.get(line.id ?? '') : kind.offered(line);
    return quantity?.gt(0) ? [{ line, quantity }] : [];
  });
  const errors = taken.flatMap(({ line, quantity }) => tooMuch(order, { line, quantity }, kind));
  if (errors.length > 0) throw invalidValues(errors);
  if (taken.length === 0)
    throw new Refusal('wrong_state', {
      en: `Nothing of this order can be ${kind.word.en} now: it is on documents already${kind === FOR_DELIVERY ? ', or not in stock' : ''}.`,
      de: `Von diesem Auftrag kann jetzt nichts ${kind.word.de} werden: Es steht schon auf Belegen${kind === FOR_DELIVERY ? ' oder ist nicht am Lager' : ''}.`,
    });
  return taken;
}

function tooMuch(order: Order, { line, quantity }: Taken, kind: ClaimKind): readonly FieldError[] {
  const open = upTo(line, order).minus(kind.claimed(line));
  const name = line.description ?? '';
  if (kind === FOR_DELIVERY && line.kind === 'service')
    return [
      fault('/lines', { en: `"${name}" is a service and is not delivered.`, de: `„${name}“ ist eine Leistung und wird nicht geliefert.` }),
    ];
  if (quantity.lte(open)) return [];
  const most = plain(atLeastZero(open));
  return [
    fault('/lines', {
      en: `Of "${name}" ${most} can be ${kind.word.en}, not ${plain(quantity)}.`,
      de: `Von „${name}“ können ${most} ${kind.word.de} werden, nicht ${plain(quantity)}.`,
    }),
  ];
}

function openOf(line: OrderLine, claimed: string | null | undefined): Exact {
  return atLeastZero(exact(line.quantity).minus(amountOf(claimed)));
}

function fault(pointer: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field: 'lines', rule: 'claim' }, sentence);
}
