import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { checkInput } from './command-input.ts';

const LINE = '01890a5d-ac96-774b-bcce-b302099a8057';

const deliver: CommandDefinition = {
  name: 'deliver',
  label: { en: 'Deliver' },
  input: [
    {
      name: 'lines',
      label: { en: 'Lines' },
      type: 'json',
      lines: {
        of: 'order.lines',
        key: 'orderLineId',
        columns: [],
        open: { plus: ['order_line.quantity'] },
        quantities: [{ name: 'quantity', label: { en: 'Quantity' }, prefilled: true }],
      },
    },
  ],
};

describe('Quantities of lines as a command takes them', () => {
  test('are decimal strings, however they were sent; none and an empty list are as good', () => {
    const rows = [
      { orderLineId: LINE, quantity: 2.5 },
      { orderLineId: LINE, quantity: '1.50' },
    ];
    assert.deepEqual(checkInput(deliver, { lines: rows }), {
      values: {
        lines: [
          { orderLineId: LINE, quantity: '2.5' },
          { orderLineId: LINE, quantity: '1.50' },
        ],
      },
      errors: [],
    });
    assert.deepEqual(checkInput(deliver, { lines: null }), { values: {}, errors: [] });
    assert.deepEqual(checkInput(deliver, { lines: [] }), { values: { lines: [] }, errors: [] });
  });

  for (const [lines, pointer, rule] of [
    ['all', '/lines', 'type'],
    [{ orderLineId: LINE, quantity: '1' }, '/lines', 'type'],
    [['all'], '/lines/0', 'type'],
    [[{ quantity: '1' }], '/lines/0/orderLineId', 'required'],
    [[{ orderLineId: LINE }], '/lines/0/quantity', 'required'],
    [[{ orderLineId: 'first', quantity: '1' }], '/lines/0/orderLineId', 'format'],
    [[{ orderLineId: LINE, quantity: 'many' }], '/lines/0/quantity', 'pattern'],
    [[{ orderLineId: LINE, quantity: null }], '/lines/0/quantity', 'type'],
    [[{ orderLineId: LINE, quantity: '1', quantitiy: '2' }], '/lines/0/quantitiy', 'unknown'],
  ] as const)
    test(`${JSON.stringify(lines)} is refused at ${pointer}`, () => {
      const { errors } = checkInput(deliver, { lines });
      assert.deepEqual([errors.length, errors[0]?.pointer, errors[0]?.rule, errors[0]?.field], [1, pointer, rule, 'lines']);
    });

  test('The sentence names the row, and the nearest name', () => {
    const { errors } = checkInput(deliver, { lines: [{ orderLineId: LINE, quantity: '1', quantitiy: '2' }] });
    assert.equal(errors[0]?.message, 'Row 1 takes orderLineId, quantity, no quantitiy. Did you mean quantity?');
  });
});
