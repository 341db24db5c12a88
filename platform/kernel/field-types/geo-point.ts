import { isRecord } from '../is-record.ts';
import type { FieldType } from './field-type.ts';

/** About 11 cm on the ground: more digits than any address has. */
const DIGITS = 6;

/** A place on earth `{lat, lng}` in degrees (WGS 84). Filtered by `near: {lat, lng, kilometers}` and `within: {south, west, north, east}`. */
export const geoPoint: FieldType = {
  name: 'geoPoint',
  label: { en: 'Place on the map', de: 'Ort auf der Karte' },
  description: { en: 'Latitude and longitude of a place.', de: 'Breite und Länge eines Ortes.' },
  storage: 'json',
  operators: ['near', 'within', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: false,
  jsonSchema: () => ({
    type: 'object',
    required: ['lat', 'lng'],
    additionalProperties: false,
    properties: { lat: { type: 'number', minimum: -90, maximum: 90 }, lng: { type: 'number', minimum: -180, maximum: 180 } },
  }),
  normalize: (value) => {
    const place = isRecord(value) ? value : {};
    return { lat: rounded(place['lat']), lng: rounded(place['lng']) };
  },
  typescript: () => '{ readonly lat: number; readonly lng: number }',
  example: () => ({ lat: 52.520008, lng: 13.404954 }),
};

function rounded(degrees: unknown): number {
  // Adding zero turns -0, which JSON does not have, into 0.
  return Number(Number(degrees).toFixed(DIGITS)) + 0;
}
