import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conditionInWords } from '#platform/kernel/conditions/in-words.ts';
import { planText } from './print-plan.ts';
import { settingInWords } from './setting-words.ts';

const long = 'a'.repeat(100);

describe('Settings of metadata in a terminal', () => {
  const said: readonly (readonly [name: string, value: unknown, words: string])[] = [
    ['visibleWhen', { status: 'draft' }, 'status is draft'],
    ['requiredWhen', { status: ['sent', 'won'] }, 'status is one of sent, won'],
    [
      'readOnlyWhen',
      { total: { gte: '100', lt: '200' }, note: { isNull: false } },
      'total is at least 100 and total is less than 200 and note is filled',
    ],
    [
      'filter',
      { or: [{ ownerId: '$me' }, { total: { gt: '9' }, tags: { noneOf: ['a', 'b'] } }] },
      'ownerId is me or (total is greater than 9 and tags has none of a, b)',
    ],
    ['filter', { and: [{ or: [{ a: 1 }, { b: 2 }] }, { c: { ne: true } }] }, '(a is 1 or b is 2) and c is not true'],
    ['filter', { not: { name: { startsWith: long } } }, `not (name begins with ${long})`],
    ['filter', { place: { near: [1, 2] } }, 'place near 1, 2'],
    ['filter', {}, '(none)'],
    ['visibleWhen', null, '(none)'],
    [
      'layoutRules',
      [{ layout: 'short', roles: ['sales'], when: { status: 'draft' } }, { layout: 'detail' }],
      'short for sales when status is draft; detail',
    ],
    ['columns', ['number', 'customer'], 'number, customer'],
    ['label', { en: 'Subject', de: 'Betreff' }, 'Subject'],
    ['maxLength', 40, '40'],
    ['options', [{ key: long }], `[{"key":"${long}"}]`.slice(0, 60) + '…'],
  ];
  for (const [name, value, words] of said) test(`${name}: ${words.slice(0, 80)}`, () => assert.equal(settingInWords(name, value), words));

  test('conditions are said in German too, fields by their labels where they are known', () => {
    const condition = {
      or: [{ status: 'draft' }, { not: { ownerId: '$me', note: { isNull: true } } }, { total: { gte: '100' }, kind: ['a', 'b'] }],
    };
    const nameOf = (name: string): string | undefined => (name === 'total' ? 'Summe' : undefined);
    assert.equal(
      conditionInWords(condition, { language: 'de', nameOf }),
      'status ist draft oder nicht (ownerId ist ich und note ist leer) oder (Summe ist mindestens 100 und kind ist eine von a, b)',
    );
  });

  test('are so in the lines of a plan', () => {
    const settings = [{ name: 'visibleWhen', before: null, after: { status: { in: ['draft'] } } }];
    const text = planText({ version: 7, lines: [{ op: 'change', kind: 'field', address: 'offer.note', settings }] });
    assert.match(text, /^ {6}visibleWhen: \(none\) → status is one of draft$/m);
  });
});
