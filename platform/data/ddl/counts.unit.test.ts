import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { countStatements } from './counts.ts';

function schemaWith(field: Partial<FieldDefinition>): ModuleSchema {
  const common = { label: { en: 'A number' }, type: 'decimal', state: 'active' } as const;
  const quantity: FieldDefinition = { id: 'line.quantity', name: 'quantity', column: 'quantity', ...common };
  const done: FieldDefinition = { id: 'line.done', name: 'done', column: 'done', ...common, ...field };
  const line: ObjectDefinition = {
    id: 'line',
    name: 'line',
    module: 'orders',
    collection: 'lines',
    label: { en: 'Line' },
    pluralLabel: { en: 'Lines' },
    table: 'line',
    state: 'active',
    titleField: 'id',
    features: {},
    fields: [quantity, done],
    commands: [],
    access: {},
    layouts: [],
    views: [],
    version: 1,
  };
  return { module: 'orders', version: 1, objects: [line], foreign: [] };
}

const COUNTED = schemaWith({ count: { atMost: 'quantity' } });

test('A field that counts gets a trigger once; it names columns, so that a rename is nothing', () => {
  const [made, ...more] = countStatements(null, COUNTED);
  assert.deepEqual(more, []);
  assert.match(made ?? '', /^create or replace trigger "count_done" before insert or update on records\."line" /);
  assert.match(made ?? '', /coalesce\(new\."done", 0\) > coalesce\(new\."quantity", 0\)/);
  assert.deepEqual(countStatements(COUNTED, COUNTED), []);
  assert.deepEqual(countStatements(COUNTED, schemaWith({ name: 'finished', count: { atMost: 'quantity' } })), []);
});

test('A field that counts no longer, or something else, changes its trigger', () => {
  assert.deepEqual(countStatements(COUNTED, schemaWith({})), ['drop trigger if exists "count_done" on records."line"']);
  assert.deepEqual(countStatements(COUNTED, schemaWith({ count: { atMost: 'quantity' }, state: 'retired' })), [
    'drop trigger if exists "count_done" on records."line"',
  ]);
  assert.equal(countStatements(COUNTED, schemaWith({ count: {} })).length, 1);
  assert.deepEqual(countStatements(COUNTED, { ...COUNTED, objects: [] }), []);
});
