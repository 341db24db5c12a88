import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addedOptions } from './added-options.ts';

const option = (key: string) => ({ key, label: { en: key } });
const condition = { key: 'sea', label: { en: 'sea' }, visibleWhen: { land: 'de' } };

test('Options that rows name and that are not there are added to the field, or once to the list that fields share', () => {
  const lists = [
    { name: 'ways', options: [option('sea')] },
    { name: 'other', options: [option('x')] },
  ];
  const named = [
    { field: { id: 'own', options: [option('a')] }, texts: ['B c', 'a'] },
    { field: { id: 'first', optionList: 'ways', options: [condition] }, texts: ['Air'] },
    { field: { id: 'second', optionList: 'ways', options: [option('sea')] }, texts: ['Air', 'Rail'] },
  ];
  const [own, ways, ...none] = addedOptions({ id: 'trip' }, named, lists);
  assert.deepEqual(own, {
    kind: 'changeField',
    object: 'trip',
    field: 'own',
    set: { options: [option('a'), { key: 'b_c', label: { en: 'B c' } }, { key: 'a_2', label: { en: 'a' } }] },
  });
  const added = [
    { key: 'air', label: { en: 'Air' } },
    { key: 'rail', label: { en: 'Rail' } },
  ];
  assert.deepEqual(ways, { kind: 'changeOptionList', optionList: 'ways', set: { options: [option('sea'), ...added] } });
  assert.deepEqual(none, []);
});
