import type { FieldType } from './field-type.ts';
import { lookup } from './lookup.ts';

/** A reference to a user of the platform. Its target is always the core's `user`. */
export const user: FieldType = {
  ...lookup,
  name: 'user',
  label: { en: 'Person', de: 'Person' },
  description: {
    en: 'A user of this platform, such as the one responsible.',
    de: 'Ein Benutzer dieser Plattform, etwa der Verantwortliche.',
  },
  settings: { properties: {} },
};
