import type { Client } from '../client.ts';

/** What Northwind has and the standard does not: two objects, and fields that refer to them. All through the metadata API. */
const OBJECTS = [
  {
    name: 'category',
    label: { en: 'Category', de: 'Kategorie' },
    pluralLabel: { en: 'Categories', de: 'Kategorien' },
    module: 'offers',
    collection: 'categories',
    titleField: 'name',
    access: {
      manager: { read: true, create: true, edit: true, delete: true },
      sales: { read: true },
      viewer: { read: true },
    },
    fields: [
      { name: 'code', label: { en: 'Code', de: 'Schlüssel' }, type: 'text', unique: true },
      { name: 'name', label: { en: 'Name', de: 'Name' }, type: 'text', required: true, searchable: true },
      { name: 'description', label: { en: 'Description', de: 'Beschreibung' }, type: 'longText' },
    ],
  },
  {
    name: 'supplier',
    label: { en: 'Supplier', de: 'Lieferant' },
    pluralLabel: { en: 'Suppliers', de: 'Lieferanten' },
    module: 'offers',
    collection: 'suppliers',
    titleField: 'name',
    access: {
      manager: { read: true, create: true, edit: true, delete: true },
      sales: { read: true },
      viewer: { read: true },
    },
    fields: [
      { name: 'code', label: { en: 'Code', de: 'Schlüssel' }, type: 'text', unique: true },
      { name: 'name', label: { en: 'Name', de: 'Name' }, type: 'text', required: true, searchable: true },
      { name: 'contactName', label: { en: 'Contact', de: 'Ansprechpartner' }, type: 'text' },
      { name: 'city', label: { en: 'City', de: 'Ort' }, type: 'text' },
      { name: 'country', label: { en: 'Country', de: 'Land' }, type: 'text' },
    ],
  },
] as const;

const ROLES = { read: ['manager', 'sales', 'viewer'], edit: ['manager'] };
const FIELDS = [
  {
    object: 'product',
    field: {
      name: 'category',
      label: { en: 'Category', de: 'Kategorie' },
      type: 'lookup',
      target: 'category',
      access: ROLES,
      show: ['detail', 'create', 'list'],
    },
  },
  {
    object: 'product',
    field: {
      name: 'supplier',
      label: { en: 'Supplier', de: 'Lieferant' },
      type: 'lookup',
      target: 'supplier',
      access: ROLES,
      show: ['detail', 'create', 'list'],
    },
  },
  {
    object: 'offer',
    field: {
      name: 'freight',
      label: { en: 'Freight', de: 'Fracht' },
      type: 'money',
      scale: 2,
      access: { ...ROLES, edit: ['manager', 'sales'] },
      show: ['detail', 'create'],
    },
  },
] as const;

/** Defines what is missing; what is there already stays. Answers how many definitions were made. */
export async function define(client: Client): Promise<number> {
  let made = 0;
  for (const object of OBJECTS) {
    if ((await client.get(`/api/platform/objects/${object.name}`)).status !== 404) continue;
    await client.post('/api/platform/objects', object);
    made += 1;
  }
  for (const { object, field } of FIELDS) {
    const { body } = await client.get(`/api/platform/objects/${object}`);
    if (JSON.stringify(body['fields']).includes(`"name":"${field.name}"`)) continue;
    await client.post(`/api/platform/objects/${object}/fields`, field);
    made += 1;
  }
  return made;
}
