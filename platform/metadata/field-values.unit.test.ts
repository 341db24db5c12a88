import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { FIELD_TYPES, fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { compileSchema } from './schema-compiler.ts';

type Settings = Partial<FieldDefinition>;

function field(type: string, settings: Settings = {}): FieldDefinition {
  return { id: 'x', name: 'x', label: { en: 'X' }, type, column: 'x', state: 'active', ...settings };
}

/** The canonical value, or the rule that refuses it. */
function stored(type: string, value: unknown, settings: Settings = {}): unknown {
  const definition = field(type, settings);
  const [error] = compileSchema(fieldType(type).jsonSchema(definition))(value);
  if (error) return `refused: ${error.keyword}`;
  try {
    return fieldType(type).normalize?.(value, definition) ?? (fieldType(type).normalize ? null : value);
  } catch (problem) {
    if (problem instanceof ValueProblem) return `refused: ${problem.rule}`;
    throw problem;
  }
}

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Type, what is written, what is stored, and settings of the field. */
const CASES: readonly (readonly [string, unknown, unknown, Settings?])[] = [
  ['richText', '<p>Hi <b>you</b><script>alert(1)</script></p>', '<p>Hi <strong>you</strong></p>'],
  ['richText', '<p onclick="x()">a<img src=x onerror=alert(1)></p>', '<p>a</p>'],
  ['richText', '<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer nofollow" target="_blank">x</a>'],
  ['richText', '<svg><style><img src=x onerror=alert(1)></style></svg>a', 'a'],
  ['richText', '<p> </p><p><br></p>', null],
  ['markdown', '# Title <script>', '# Title <script>'],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['bigint', '-0012', '-12'],
  ['bigint', 12, '12'],
  ['bigint', 9_007_199_254_740_994, 'refused: precision'],
  ['bigint', '9223372036854775808', 'refused: maximum'],
  ['bigint', '12.5', 'refused: pattern'],
  ['bigint', '7', 'refused: maximum', { maximum: '5' }],
  ['time', '9:05', '09:05:00'],
  ['time', '23:59:59', '23:59:59'],
  ['time', '24:00', 'refused: time'],
  ['duration', 'PT90M', 'PT1H30M'],
  ['duration', 'p2w', 'P14D'],
  ['duration', 'P18M', 'P1Y6M'],
  ['duration', 'PT0S', 'PT0S'],
  ['duration', 'P', 'refused: duration'],
  ['duration', 'PT', 'refused: duration'],
  ['duration', '3 days', 'refused: duration'],
  ['tags', [' urgent ', 'Urgent', 'trade  fair', ''], ['urgent', 'trade fair']],
  ['tags', ['x'.repeat(61)], 'refused: maxLength'],
  ['iban', 'de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
  ['iban', 'DE88370400440532013000', 'refused: iban'],
  ['iban', 'GB82WEST1234569876543', 'refused: iban'],
  ['bic', 'cobadeff xxx', 'COBADEFFXXX'],
  ['bic', 'COBADE', 'refused: bic'],
  ['vatNumber', 'de 136.695.976', 'DE136695976'],
  ['vatNumber', 'DE136695975', 'refused: vatNumber'],
  ['vatNumber', 'DE13669597', 'refused: vatNumber'],
  ['vatNumber', '136695976', 'refused: vatCountry'],
  ['vatNumber', 'GR094259216', 'EL094259216'],
  ['vatNumber', 'XI980780684', 'XI980780684'],
  ['vatNumber', 'XI980780685', 'refused: vatNumber'],
  ['vatNumber', 'CHE-116.281.710 MWST', 'CHE116281710MWST'],
  ['vatNumber', 'BE1000000062', 'refused: vatNumber'],
  ['vatNumber', 'BE1000000021', 'BE1000000021'],
  ['vatNumber', 'JP1234567890123', 'JP1234567890123'],
  ['externalId', ' SAP-1 ', 'SAP-1'],
  ['externalId', 'a\tb', 'refused: characters'],
  ['personName', { given: ' Ada ', family: 'Lovelace', title: null }, { given: 'Ada', family: 'Lovelace' }],
  ['personName', { family: 'X', given: 'Y', title: 'Dr.' }, { title: 'Dr.', given: 'Y', family: 'X' }],
  ['personName', { title: 'Dr.' }, 'refused: name'],
  ['personName', {}, null],
  ['personName', { nick: 'A' }, 'refused: additionalProperties'],
  ['currency', ' eur ', 'EUR'],
  ['currency', 'EURO', 'refused: currency'],
  ['country', ' de ', 'DE'],
  ['country', 'Germany', 'refused: country'],
  ['color', '#FAB', '#ffaabb'],
  ['color', '#1C7ED6', '#1c7ed6'],
  ['color', 'red', 'refused: color'],
  ['rating', 5, 5],
  ['rating', 6, 'refused: maximum'],
  ['rating', 7, 7, { maximum: 10 }],
  ['rating', 0, 'refused: minimum'],
  ['rating', 3.5, 'refused: type'],
  ['geoPoint', { lat: 52.5200081234, lng: -0.0000001 }, { lat: 52.520008, lng: 0 }],
  ['geoPoint', { lat: 91, lng: 0 }, 'refused: maximum'],
  ['geoPoint', { lat: 1 }, 'refused: required'],
  ['file', ID.toUpperCase(), { id: ID }],
  ['file', { id: ID, name: 'lie.exe' }, { id: ID }],
  ['file', 'contract.pdf', 'refused: format'],
  ['image', { id: ID }, { id: ID }],
  ['manyToMany', [ID, ID.toUpperCase()], [ID]],
  ['manyToMany', ['x'], 'refused: format'],
  ['manyToMany', ID, 'refused: type'],
  ['polymorphic', { object: 'customer', id: ID.toUpperCase() }, { object: 'customer', id: ID }, { targets: ['customer'] }],
  ['polymorphic', `offer/${ID}`, { object: 'offer', id: ID }, { targets: ['customer', 'offer'] }],
  ['polymorphic', { object: 'user', id: ID }, 'refused: target', { targets: ['customer'] }],
  ['polymorphic', { object: 'customer' }, 'refused: type', { targets: ['customer'] }],
];

describe('values of each field type', () => {
  for (const [type, written, expected, settings] of CASES) {
    test(`${type}: ${JSON.stringify(written)} becomes ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(stored(type, written, settings), expected);
    });
  }

  test('what has been brought into canonical form stays as it is', () => {
    for (const [type, written, , settings] of CASES) {
      const once = stored(type, written, settings);
      if (once === null || (typeof once === 'string' && once.startsWith('refused'))) continue;
      assert.deepEqual(stored(type, once, settings), once, `${type} ${JSON.stringify(written)}`);
    }
  });

  test('every type is described in both languages, and takes its own example', () => {
    for (const type of FIELD_TYPES) {
      assert.ok(type.label.de && type.description.de && type.description.en.endsWith('.'), type.name);
      const definition = field(type.name, { targets: ['customer'], options: [{ key: 'a', label: { en: 'A' } }] });
      assert.equal(compileSchema(type.jsonSchema(definition))(type.example(definition)).length, 0, type.name);
    }
  });

  test('many references are written under the singular of their name', () => {
    const keys = ['tags', 'categories', 'addresses', 'staff', 'status'].map((name) => fieldType('manyToMany').apiName?.(name));
    assert.deepEqual(keys, ['tagIds', 'categoryIds', 'addressIds', 'staffIds', 'statusIds']);
  });
});
