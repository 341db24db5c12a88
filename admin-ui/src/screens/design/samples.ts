import type { Field } from '#admin-ui/src/api/metadata.ts';

const OPTIONS = [
  { key: 'low', label: { en: 'Low', de: 'Niedrig' }, color: 'gray' },
  { key: 'high', label: { en: 'High', de: 'Hoch' }, color: 'orange' },
];

/** What a sample's field has beside its type. */
const SETTINGS: { readonly [type: string]: Partial<Field> } = {
  select: { options: OPTIONS },
  multiSelect: { options: OPTIONS },
  status: { options: OPTIONS },
  decimal: { scale: 2 },
  rating: { maximum: 5 },
  polymorphic: { targets: ['user', 'company'] },
  manyToMany: { target: 'user' },
  lookup: { target: 'user' },
};

/** A value of each type; `me` is the id of the reader's own user, which is there in every installation. */
function valueOf(type: string, me: string): unknown {
  const values: { readonly [type: string]: unknown } = {
    text: 'Acme Ltd',
    longText: 'Delivery to the back door.\nRing twice.',
    richText: '<p>Delivery to the <strong>back door</strong>:</p><ul><li>ring twice</li></ul>',
    markdown: '### Delivery\n**Back door**, see the [map](https://example.com/map):\n\n- ring twice\n- <b>wait</b>',
    email: 'ada@example.com',
    phone: '+4930901820',
    url: 'https://example.com',
    vatNumber: 'DE136695976',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    integer: 42,
    bigint: '9007199254740993',
    decimal: '12.50',
    money: '1234.50',
    percent: '19',
    currency: 'EUR',
    country: 'DE',
    rating: 4,
    boolean: true,
    date: '2026-01-31',
    time: '13:45:00',
    dateTime: '2026-01-31T13:45:00.000Z',
    duration: 'PT1H30M',
    select: 'high',
    multiSelect: ['low', 'high'],
    tags: ['urgent', 'trade fair'],
    status: 'high',
    autoNumber: 'C-00042',
    documentNumber: 'OF-2026-00042',
    lookup: me,
    user: me,
    manyToMany: [me],
    polymorphic: { object: 'user', id: me },
    relatedValue: 'office@acme.example',
    snapshot: 'Acme Ltd',
    personName: { given: 'Ada', family: 'Lovelace' },
    address: { street: 'Hauptstr. 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
    geoPoint: { lat: 52.520008, lng: 13.404954 },
    file: { id: me, name: 'contract.pdf', type: 'application/pdf', size: 48_213 },
    image: { id: me, name: 'photo.jpg', type: 'image/jpeg', size: 182_044, preview: '/icon.svg' },
    color: '#1c7ed6',
    externalId: 'SAP-0000123',
    condition: { name: { contains: 'tea' } },
    json: { any: 'value' },
    uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  };
  return values[type] ?? null;
}

/** A field of a type in one state, and a value that it shows. */
export type Sample = { readonly field: Field; readonly value: unknown };

/** The sample of a type; `state` makes its name and label one of its own. */
export function sampleOf(type: string, label: string, at: { readonly me: string; readonly state: string }): Sample {
  const field: Field = {
    id: `$${type}.${at.state}`,
    name: `${type}_${at.state}`,
    label: { en: label },
    type,
    column: type,
    state: 'active',
    editable: at.state !== 'disabled',
    required: at.state === 'empty',
    ...SETTINGS[type],
  };
  return { field, value: valueOf(type, at.me) };
}
