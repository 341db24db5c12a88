import { decimal } from './decimal.ts';
import type { FieldType } from './field-type.ts';

/** A percentage in points: `"19"` is 19 %. */
export const percent: FieldType = {
  ...decimal,
  name: 'percent',
  settings: { properties: { ...decimal.settings?.properties, explainedBy: { type: 'string' } } },
  label: { en: 'Percent', de: 'Prozent' },
  description: { en: 'A percentage: 19 means 19 %.', de: 'Ein Prozentsatz: 19 bedeutet 19 %.' },
  example: () => '19',
};
