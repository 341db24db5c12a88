import assert from 'node:assert/strict';
import type { Answer, Client } from '#tests/support/client.ts';

const OBJECTS = '/api/platform/objects';

/** A small application: an object with rows, fields of several types, a drawn layout, a view, changes of the standard. */
export async function build(admin: Client): Promise<void> {
  await ok(
    admin.post(OBJECTS, {
      name: 'site_visit',
      module: 'customers',
      label: { en: 'Site visit', de: 'Ortstermin' },
      pluralLabel: { en: 'Site visits', de: 'Ortstermine' },
      features: { owner: true, number: true },
      fields: [
        { name: 'title', type: 'text', required: true },
        { name: 'mood', type: 'select', options: [{ key: 'good', label: { en: 'Good', de: 'Gut' }, color: 'green' }, 'bad'] },
        { name: 'notes', type: 'longText' },
        { name: 'customer', type: 'lookup', target: 'customer' },
        { name: 'gone', type: 'text' },
      ],
      access: { sales: { read: true, create: true } },
    }),
  );
  await ok(
    admin.post(OBJECTS, {
      name: 'visit_step',
      module: 'customers',
      parent: 'site_visit',
      label: 'Step',
      fields: [{ name: 'what', type: 'text' }],
    }),
  );
  await ok(admin.post(`${OBJECTS}/site_visit/fields`, { name: 'steps', type: 'children', child: 'visit_step' }));
  const layout = await admin.get(`${OBJECTS}/site_visit/layouts/detail`);
  const sections = [{ id: 'main', label: { en: 'Main', de: 'Haupt' }, columns: 2, items: ['title', 'mood', 'gone', 'steps'] }];
  await ok(admin.put(`${OBJECTS}/site_visit/layouts/detail`, { sections }, { 'if-match': layout.headers.get('etag') ?? '' }));
  await ok(admin.delete(`${OBJECTS}/site_visit/fields/gone`));
  await changeOffers(admin);
}

async function changeOffers(admin: Client): Promise<void> {
  await ok(
    admin.post(`${OBJECTS}/offer/fields`, {
      name: 'priority',
      type: 'select',
      options: ['low', 'high'],
      show: ['detail', 'list'],
      access: { read: ['sales'], edit: [] },
    }),
  );
  const options = ['air', { key: 'sea', label: { en: 'Sea', de: 'See' } }];
  await ok(admin.post('/api/platform/option-lists', { name: 'ways', label: { en: 'Ways', de: 'Wege' }, options }));
  const own = [{ key: 'sea', visibleWhen: { priority: 'low' } }];
  await ok(admin.post(`${OBJECTS}/offer/fields`, { name: 'way', type: 'select', optionList: 'ways', options: own }));
  await ok(admin.patch(`${OBJECTS}/offer/fields/subject`, { label: { en: 'Subject', de: 'Thema' }, help: 'What it is about' }));
  await ok(
    admin.post(`${OBJECTS}/offer/views`, {
      name: 'hot',
      label: 'Hot',
      filter: { priority: 'high' },
      columns: ['number', 'priority'],
      visibility: { kind: 'role', role: 'sales' },
    }),
  );
  await ok(admin.post('/api/platform/changes', { changes: [{ kind: 'setAccess', object: 'offer', role: 'viewer', grant: null }] }));
}

async function ok(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  assert.ok(status < 300, JSON.stringify(body));
  return answer;
}
