import type { BusinessObject } from '../api/metadata.ts';
import type { TextKey } from '../i18n/index.ts';

type Planned = { readonly title: TextKey; readonly modules: readonly string[]; readonly first: readonly string[] };

/** The applications of the left bar, the modules whose objects they show, and the objects one works with most, in the order of the business. */
const APPLICATIONS: readonly Planned[] = [
  { title: 'app.sales', modules: ['offers', 'orders'], first: ['offer', 'order', 'product', 'product_group', 'price_list', 'price'] },
  { title: 'app.customers', modules: ['customers'], first: ['customer', 'contact', 'customer_group'] },
  { title: 'app.delivery', modules: ['delivery-notes'], first: [] },
  { title: 'app.billing', modules: ['invoices', 'payments'], first: [] },
  { title: 'app.accounting', modules: ['accounting'], first: [] },
  { title: 'app.crm', modules: ['crm'], first: [] },
  { title: 'app.messages', modules: ['notifications'], first: [] },
  { title: 'app.audit', modules: ['audit'], first: [] },
];

export type Application = { readonly title: TextKey; readonly objects: readonly BusinessObject[] };

/** What the left bar shows: applications that have something for the caller. Rows of a parent are found in their parent. */
export function applicationsOf(objects: readonly BusinessObject[]): readonly Application[] {
  return APPLICATIONS.map(({ title, modules, first }) => {
    const rank = ({ name }: BusinessObject): number => (first.includes(name) ? first.indexOf(name) : first.length);
    const own = objects.filter((object) => modules.includes(object.module) && object.parent === undefined);
    return { title, objects: own.toSorted((left, right) => rank(left) - rank(right)) };
  }).filter((application) => application.objects.length > 0);
}

/** Objects by how much one works with them: the first of each application, then the second of each … */
export function byImportance(objects: readonly BusinessObject[]): readonly BusinessObject[] {
  const columns = applicationsOf(objects).map((application) => application.objects);
  const depth = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: depth }, (_row, index) => columns.flatMap((column) => column[index] ?? [])).flat();
}
