import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { germanRule } from '#platform/kernel/rule-texts.ts';
import { indexSchema } from './schema-index.ts';
import { allowedKeys, compileValidator } from './validator.ts';

const field = (name: string, type: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id: `offer.${name}`,
  name,
  type,
  label: { en: name },
  column: name,
  state: 'active',
  ...more,
});

const object = (name: string, fields: readonly FieldDefinition[], more: Partial<ObjectDefinition> = {}): ObjectDefinition => ({
  id: name,
  name,
  module: 'offers',
  collection: `${name}s`,
  label: { en: name },
  pluralLabel: { en: name },
  table: name,
  state: 'active',
  titleField: 'name',
  features: {},
  fields,
  commands: [],
  access: {},
  layouts: [],
  views: [],
  version: 1,
  ...more,
});

const line = object(
  'offer_line',
  [field('id', 'uuid', { system: true }), field('quantity', 'decimal', { required: true, scale: 2 }), field('note', 'text')],
  { parent: 'offer' },
);
const offer = object('offer', [
  field('title', 'text', { required: true, aliases: ['subject'], maxLength: 20 }),
  field('code', 'text', { pattern: '^[A-Z]{3}$' }),
  field('customer', 'lookup', { target: 'customer', required: true }),
  field('total', 'money', { maximum: '1000' }),
  field('until', 'date'),
  field('color', 'select', {
    options: [
      { key: 'red', label: { en: 'Red' } },
      { key: 'old', label: { en: 'Old' }, retired: true },
    ],
  }),
  field('phone', 'phone'),
  field('address', 'address'),
  field('data', 'json'),
  field('number', 'documentNumber', { required: true }),
  field('gone', 'text', { state: 'retired', required: true }),
  field('lines', 'children', { child: 'offer_line' }),
]);
const index = indexSchema({ module: 'offers', version: 1, objects: [offer, line], foreign: [] });
const check = compileValidator(index, offer);
const CUSTOMER = '01890A5D-ac96-774b-bcce-b302099a8057';
const refused = (values: Record<string, unknown>) => check(values, 'update').errors.map((error) => `${error.pointer} ${error.rule}`);

describe('validator', () => {
  test('a new record comes out canonical', () => {
    const { values, errors } = check(
      {
        title: '  Roof  ',
        customerId: CUSTOMER,
        total: 12.345,
        phone: '0049 30 123456',
        until: '2026-02-28',
        lines: [{ quantity: 2 }],
        note: 1,
      },
      'create',
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(values, {
      title: 'Roof',
      customerId: CUSTOMER.toLowerCase(),
      total: '12.345',
      phone: '+4930123456',
      until: '2026-02-28',
      lines: [{ quantity: '2.00' }],
      note: 1,
    });
  });

  test('what is required is missed on create and cannot be cleared on update', () => {
    const missing = check({}, 'create').errors;
    assert.deepEqual(
      missing.map((error) => error.field),
      ['title', 'customerId'],
    );
    assert.equal(missing[0]?.message, 'title is required.');
    assert.deepEqual(check({ total: '1' }, 'update').errors, []);
    assert.deepEqual(refused({ title: null }), ['/title required']);
    assert.deepEqual(refused({ title: '   ' }), ['/title required']);
  });

  test('a former name is taken, but not together with the current one', () => {
    assert.deepEqual(check({ subject: 'Roof' }, 'update').values, { title: 'Roof' });
    assert.deepEqual(refused({ subject: 'Roof', title: 'House' }), ['/title twice']);
  });

  test('each refused value is named once, with its pointer and rule', () => {
    assert.deepEqual(refused({ title: 7, code: 'abc', total: 'much', until: '2026-02-30', color: 'grey', phone: 'x' }), [
      '/title text',
      '/code pattern',
      '/total money',
      '/until date',
      '/color enum',
      '/phone phone',
    ]);
    assert.deepEqual(refused({ customerId: 'x', title: 'x'.repeat(21), total: '1000.01' }), [
      '/title maxLength',
      '/customerId lookup',
      '/total maximum',
    ]);
    assert.deepEqual(refused({ address: { planet: 'Mars' } }), ['/address additionalProperties']);
    assert.deepEqual(refused({ address: { street: 1 } }), ['/address/street address']);
  });

  test('rows of children are pointed to; known rows are updates, new ones need everything', () => {
    const lines = [{ id: CUSTOMER, note: 'x' }, { note: 'y' }, { quantity: 'z' }, 5];
    assert.deepEqual(refused({ lines }), ['/lines/3 children']);
    assert.deepEqual(refused({ lines: lines.slice(0, 3) }), ['/lines/1/quantity required', '/lines/2/quantity decimal']);
    assert.deepEqual(
      check({ title: 'x', customerId: CUSTOMER, lines: [{ id: CUSTOMER }] }, 'create').errors.map((error) => error.pointer),
      ['/lines/0/quantity'],
    );
  });

  test('what PostgreSQL cannot store is refused, not thrown', () => {
    assert.deepEqual(refused({ title: 'a\u0000b' }), ['/title characters']);
    assert.deepEqual(refused({ title: '\ud800' }), ['/title characters']);
    assert.deepEqual(refused({ data: { a: [{ '\u0000': 1 }] } }), ['/data characters']);
    assert.deepEqual(refused({ lines: [{ quantity: '1', note: '\udfff' }] }), ['/lines/0/note characters']);
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000));
    assert.deepEqual(refused({ data: deep }), ['/data characters']);
  });

  test('a hostile pattern runs in linear time', () => {
    const slow = object('slow', [field('text', 'longText'), field('word', 'text', { pattern: '^(a|a)*$', maxLength: 4000 })]);
    const validate = compileValidator(indexSchema({ module: 'm', version: 1, objects: [slow], foreign: [] }), slow);
    const started = performance.now();
    assert.equal(validate({ word: `${'a'.repeat(3000)}!` }, 'create').errors.length, 1);
    assert.ok(performance.now() - started < 5_000);
  });

  test('hostile keys stay data', () => {
    const { values } = check(JSON.parse('{"__proto__":{"admin":true},"constructor":1}'), 'update');
    assert.equal(Object.getPrototypeOf(values), Object.prototype);
    assert.deepEqual(Object.keys(values).sort(), ['__proto__', 'constructor']);
  });

  test('retired fields are unknown', () => {
    assert.ok(!allowedKeys(index, offer).has('gone'));
    for (const key of ['title', 'subject', 'customerId', 'lines', 'linesPatch']) assert.ok(allowedKeys(index, offer).has(key), key);
  });
});

test('A value that a pattern refuses is told how it is written: by the help of its field, in both languages', () => {
  const help = { en: 'Three capitals, such as ABC.', de: 'Drei Großbuchstaben, etwa ABC.' };
  const coded = object('coded', [
    field('code', 'text', { label: { en: 'Code', de: 'Kürzel' }, pattern: '^[A-Z]{3}$', help }),
    field('bare', 'text', { label: { en: 'Bare' }, pattern: '^[A-Z]{3}$' }),
    field('vat', 'vatNumber', { label: { en: 'VAT' } }),
  ]);
  const { errors } = compileValidator(indexSchema({ module: 'm', version: 1, objects: [coded], foreign: [] }), coded)(
    { code: 'abc', bare: 'abc', vat: 'ATU123' },
    'create',
  );
  const said = errors.map(({ message, sentence, limit }) => [message, sentence?.de ?? limit]);
  assert.deepEqual(said, [
    [
      'Code is not written as expected: Three capitals, such as ABC.',
      'Kürzel ist nicht in der erwarteten Schreibweise: Drei Großbuchstaben, etwa ABC.',
    ],
    ['Bare is not written as expected.', 'Bare ist nicht in der erwarteten Schreibweise.'],
    [
      'VAT does not have the form of its country’s VAT numbers, such as ATU00000024: compare it with the company’s letterhead.',
      'ATU00000024',
    ],
  ]);
  assert.match(germanRule('vatNumber', 'ATU00000024'), /etwa ATU00000024\./);
});
