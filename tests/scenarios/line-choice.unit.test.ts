import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineChoice } from '#admin-ui/src/layout/line-quantities.ts';
import { openToCredit } from '#modules/invoices/rules/amounts.ts';
import { FOR_DELIVERY, FOR_INVOICE, upTo, type ClaimKind } from '#modules/orders/rules/claims.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { loadStandard } from '#platform/metadata/load.ts';

const { objects } = await loadStandard(join(import.meta.dirname, '..', '..', 'metadata'));
const screens = objects.map((object) => ({
  ...object,
  fields: object.fields.map((field) => ({ ...field, editable: true })),
  permissions: { read: true, create: true, edit: true, delete: true, purge: true, commands: true as const },
}));

const quantity = fc.integer({ min: 0, max: 40 }).map((number) => String(number / 4));
const orderLine = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('stock', 'goods', 'service'),
    quantity,
    reserved: quantity,
    onTheWay: quantity,
    delivered: quantity,
    invoiceClaimed: quantity,
  })
  .map(({ onTheWay, ...line }) => ({ ...line, deliveryClaimed: String(Number(onTheWay) + Number(line.delivered)) }));

for (const [command, kind] of [
  ['createDeliveryNote', FOR_DELIVERY],
  ['createInvoice', FOR_INVOICE],
] as const)
  test(`${command}: what the screens fill in is what the order would take by itself, and what they allow is what it would let go`, () => {
    fc.assert(
      fc.property(fc.array(orderLine, { maxLength: 4 }), fc.constantFrom('0', '10'), (lines, tolerancePercent) => {
        const order = { lines, tolerancePercent };
        const offered = lines.flatMap((line) => {
          const one = kind.offered(line);
          return one.gt(0) ? [[line.id, plain(one)]] : [];
        });
        const rows = choiceOf('order', command, order).rows;
        assert.deepEqual(
          rows.map((row) => [row['orderLineId'], row['quantity']]),
          offered,
        );
        for (const line of lines) assertBounded(order, line, { command, kind });
      }),
    );
  });

type Line = typeof orderLine extends fc.Arbitrary<infer L> ? L : never;

function assertBounded(order: { lines: readonly Line[]; tolerancePercent: string }, line: Line, at: { command: string; kind: ClaimKind }) {
  const most = upTo(line, order).minus(at.kind.claimed(line));
  if (most.lte(0) || (at.kind === FOR_DELIVERY && line.kind === 'service')) return;
  const faultOf = (typed: string) =>
    choiceOf('order', at.command, order, { [line.id]: { quantity: typed } }).lines.find(({ id }) => id === line.id)?.fault?.kind;
  assert.equal(faultOf(plain(most)), undefined);
  assert.equal(faultOf(plain(most.plus('0.001'))), 'tooMuch');
  assert.equal(faultOf('-1'), 'negative');
  assert.equal(faultOf('0.1234567891'), 'digits');
  assert.equal(faultOf('many'), 'number');
}

test('What an invoice deducts is credited on its side of zero', () => {
  const lines = [
    { id: 'goods', quantity: '3', creditClaimed: '1' },
    { id: 'deduction', quantity: '-1', creditClaimed: null },
  ];
  const rows = choiceOf('invoice', 'credit', { lines }).rows;
  assert.deepEqual(
    rows,
    lines.map((line) => ({ invoiceLineId: line.id, quantity: openToCredit(line) })),
  );
  const [deduction] = choiceOf('invoice', 'credit', { lines }, { deduction: { quantity: '1' } }).lines.slice(1);
  assert.equal(deduction?.fault?.kind, 'positive');
});

test('Refused and damaged of a line are together no more than what was shipped of it', () => {
  const note = { lines: [{ id: 'a', shipped: '5', returnClaimed: '1' }] };
  const typed = (refused: string, damaged: string) => choiceOf('delivery_note', 'confirmDelivery', note, { a: { refused, damaged } });
  assert.deepEqual(choiceOf('delivery_note', 'confirmDelivery', note).rows, []);
  assert.deepEqual(typed('3', '1').rows, [{ lineId: 'a', refused: '3', damaged: '1' }]);
  assert.equal(typed('3', '2').lines[0]?.fault?.kind, 'tooMuch');
});

function choiceOf(objectName: string, command: string, record: object, typed = {}) {
  const object = screens.find(({ name }) => name === objectName);
  const lines = object?.commands.find(({ name }) => name === command)?.input?.find((field) => field.lines)?.lines;
  assert.ok(object && lines);
  const choice = lineChoice(lines, { object, objects: screens, record: { ...record } }, typed);
  assert.ok(choice);
  return choice;
}
