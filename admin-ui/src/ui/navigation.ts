import type { BusinessObject } from '../api/metadata.ts';
import type { TextKey } from '../i18n/index.ts';

/** The applications of the left bar and the modules whose objects they show, in the order of the business. */
const APPLICATIONS: readonly { readonly title: TextKey; readonly modules: readonly string[] }[] = [
  { title: 'app.sales', modules: ['offers', 'orders'] },
  { title: 'app.customers', modules: ['customers'] },
  { title: 'app.delivery', modules: ['delivery-notes'] },
  { title: 'app.billing', modules: ['invoices', 'payments'] },
  { title: 'app.accounting', modules: ['accounting'] },
  { title: 'app.crm', modules: ['crm'] },
  { title: 'app.messages', modules: ['notifications'] },
  { title: 'app.audit', modules: ['audit'] },
];

export type Application = { readonly title: TextKey; readonly objects: readonly BusinessObject[] };

/** What the left bar shows: applications that have something for the caller. Rows of a parent are found in their parent. */
export function applicationsOf(objects: readonly BusinessObject[]): readonly Application[] {
  return APPLICATIONS.map(({ title, modules }) => ({
    title,
    objects: modules.flatMap((module) => objects.filter((object) => object.module === module && object.parent === undefined)),
  })).filter((application) => application.objects.length > 0);
}
