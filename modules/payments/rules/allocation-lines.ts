import { exact, isDecimal, type Exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import { wrong } from './allocation.ts';

/** What a payment is to settle of one item: `amount` and `discount` in the item's currency, `paid` what of the payment that takes. */
export type AllocationLine = {
  readonly itemId: string;
  readonly amount: string | null;
  readonly paid: string | null;
  readonly discount: Exact;
  /** Where in the request it stands. */
  readonly pointer: string;
};

const LINES_MAX = 500;
const KEYS: readonly string[] = ['itemId', 'amount', 'paid', 'discount'];

/** The lines as a caller sent them. Refuses what is none, an item that is there twice, and amounts that are none. */
export function allocationLines(given: unknown): readonly AllocationLine[] {
  const at = { pointer: '/lines', field: 'lines' };
  if (!isList(given) || given.length === 0 || given.length > LINES_MAX)
    throw wrong(at, {
      en: `Say what is settled as a list of 1 to ${LINES_MAX} lines {itemId, amount}.`,
      de: `Geben Sie als Liste von 1 bis ${LINES_MAX} Zeilen {itemId, amount} an, was ausgeglichen wird.`,
    });
  const lines = given.map((row, index) => lineOf(row, `/lines/${index}`));
  const twice = lines.find(({ itemId }, index) => lines.findIndex((one) => one.itemId === itemId) !== index);
  if (twice)
    throw wrong(
      { pointer: `${twice.pointer}/itemId`, field: 'itemId' },
      {
        en: 'This item is there twice. Put both amounts into one line.',
        de: 'Dieser Posten ist zweimal da. Fassen Sie beide Beträge in einer Zeile zusammen.',
      },
    );
  return lines;
}

function lineOf(row: unknown, pointer: string): AllocationLine {
  if (!isRecord(row) || typeof row['itemId'] !== 'string')
    throw wrong({ pointer, field: 'itemId' }, { en: 'A line names its item as itemId.', de: 'Eine Zeile nennt ihren Posten als itemId.' });
  const other = Object.keys(row).find((key) => !KEYS.includes(key));
  if (other !== undefined)
    throw wrong(
      { pointer, field: other.slice(0, 40) },
      { en: `A line has ${KEYS.join(', ')} and nothing else.`, de: `Eine Zeile hat ${KEYS.join(', ')} und sonst nichts.` },
    );
  return {
    itemId: row['itemId'],
    amount: decimalOf(row['amount'], `${pointer}/amount`, 'amount'),
    paid: decimalOf(row['paid'], `${pointer}/paid`, 'paid'),
    discount: exact(decimalOf(row['discount'], `${pointer}/discount`, 'discount') ?? 0),
    pointer,
  };
}

function decimalOf(value: unknown, pointer: string, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'number' ? String(value) : value;
  if (isDecimal(text) && exact(text).gte(0)) return text;
  throw wrong(
    { pointer, field },
    { en: 'Give an amount that is not negative, such as 12.50.', de: 'Geben Sie einen Betrag an, der nicht negativ ist, etwa 12.50.' },
  );
}
