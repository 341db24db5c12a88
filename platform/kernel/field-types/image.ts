import type { FieldType } from './field-type.ts';
import { file } from './file.ts';

/** One uploaded picture; shown small through `GET /files/{id}?thumbnail=96|320|1200`. */
export const image: FieldType = {
  ...file,
  name: 'image',
  label: { en: 'Picture', de: 'Bild' },
  description: { en: 'One uploaded picture, such as a product photo.', de: 'Ein hochgeladenes Bild, etwa ein Produktfoto.' },
  example: () => ({ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'photo.jpg', type: 'image/jpeg', size: 182044 }),
};
