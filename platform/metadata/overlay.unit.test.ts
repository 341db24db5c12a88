import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { customisationsOf, overlay } from './overlay.ts';

const field = (name: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id: `offer.${name}`,
  name,
  type: 'text',
  label: { en: name },
  column: name,
  state: 'active',
  ...more,
});

const offer = (fields: readonly FieldDefinition[], more: Partial<ObjectDefinition> = {}): ObjectDefinition => ({
  id: 'offer',
  name: 'offer',
  module: 'offers',
  collection: 'offers',
  label: { en: 'Offer' },
  pluralLabel: { en: 'Offers' },
  table: 'offer',
  state: 'active',
  titleField: 'subject',
  features: {},
  fields,
  commands: [],
  access: {},
  layouts: [],
  views: [],
  version: 0,
  ...more,
});

test('Where an upgrade brings a field of the same name, what administrators made goes on asking about their own', () => {
  const before = offer([field('subject')]);
  const own = [
    field('level', { id: 'a', column: 'c_a', custom: true }),
    field('hint', { id: 'b', column: 'c_b', custom: true, visibleWhen: { or: [{ level: 'high' }, { subject: { isNull: true } }] } }),
  ];
  const made = offer([...before.fields, ...own], { uniqueTogether: [['subject', 'level']] });
  const after = offer([field('subject'), field('level'), field('note', { requiredWhen: { level: 'high' } })]);
  const { objects, conflicts } = overlay([after], customisationsOf(before, made, []));
  const named = (name: string) => objects[0]?.fields.find((one) => one.name === name);
  assert.deepEqual(
    conflicts.map(({ kind, customised }) => [kind, customised]),
    [['renamed', 'level2']],
  );
  assert.deepEqual([named('level2')?.id, named('level')?.id], ['a', 'offer.level']);
  assert.deepEqual(named('hint')?.visibleWhen, { or: [{ level2: 'high' }, { subject: { isNull: true } }] });
  assert.deepEqual(named('note')?.requiredWhen, { level: 'high' });
  assert.deepEqual(objects[0]?.uniqueTogether, [['subject', 'level2']]);
});
