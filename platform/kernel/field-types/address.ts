import { ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

/** What an address is made of. */
export const ADDRESS_PARTS: readonly string[] = ['street', 'postalCode', 'city', 'region', 'country'];

const PART: JsonSchema = { type: ['string', 'null'], maxLength: 200 };
const ADDRESS_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(ADDRESS_PARTS.map((part) => [part, PART])),
    country: { type: ['string', 'null'], maxLength: 2 },
  },
};

/** A postal address `{street, postalCode, city, region, country}`; the country is an ISO 3166-1 alpha-2 code. */
export const address: FieldType = {
  name: 'address',
  label: { en: 'Address', de: 'Adresse' },
  description: {
    en: 'Street, postal code, city, region and country.',
    de: 'Straße, Postleitzahl, Ort, Region und Land.',
  },
  storage: 'json',
  operators: ['contains', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: true,
  jsonSchema: () => ADDRESS_SCHEMA,
  normalize: (value) => {
    const parts = Object.entries(value ?? {}).flatMap(([key, part]) =>
      part === null || String(part).trim() === '' ? [] : [[key, String(part).trim()] as const],
    );
    const made = Object.fromEntries(parts);
    const country = made['country']?.toUpperCase();
    if (country !== undefined && !/^[A-Z]{2}$/.test(country))
      throw new ValueProblem('country', 'needs a country code of two letters, such as DE');
    return country === undefined ? made : { ...made, country };
  },
  typescript: () =>
    '{ readonly street?: string; readonly postalCode?: string; readonly city?: string; readonly region?: string; readonly country?: string }',
  example: () => ({ street: 'Hauptstr. 1', postalCode: '10115', city: 'Berlin', country: 'DE' }),
};
