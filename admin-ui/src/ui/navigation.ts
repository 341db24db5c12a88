import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import type { BusinessObject } from '../api/metadata.ts';
import type { TextKey } from '../i18n/index.ts';

type Planned = { readonly title: TextKey; readonly modules: readonly string[]; readonly first: readonly string[] };

/** The applications of the left bar: the objects one works with most, in the order of the business, then what else their modules have. */
const APPLICATIONS: readonly Planned[] = [
  {
    title: 'app.sales',
    modules: ['offers', 'orders'],
    first: ['offer', 'order', 'product', 'product_group', 'brand', 'price_list', 'price', 'pricing_rule'],
  },
  {
    title: 'app.customers',
    modules: ['customers'],
    first: ['customer', 'contact', 'address', 'bank_account', 'customer_group', 'territory'],
  },
  { title: 'app.delivery', modules: ['delivery-notes'], first: ['delivery_note', 'return_note', 'stock_item', 'warehouse'] },
  {
    title: 'app.billing',
    modules: ['invoices', 'payments'],
    first: [
      'invoice',
      'credit_note',
      'payment',
      'open_item',
      'bank_transaction',
      'payout',
      'dunning_run',
      'dunning_notice',
      'payment_terms',
      'own_bank_account',
      'gateway_account',
    ],
  },
  {
    title: 'app.accounting',
    modules: ['accounting'],
    first: ['journal_entry', 'posting', 'account', 'fiscal_year', 'posting_rule', 'exchange_rate', 'receivables_check', 'journal_check'],
  },
  {
    title: 'app.crm',
    modules: ['crm'],
    first: [
      'lead',
      'opportunity',
      'activity',
      'task',
      'campaign',
      'sales_target',
      'pipeline',
      'stage',
      'competitor',
      'assignment_rule',
      'response_policy',
    ],
  },
  {
    title: 'app.messages',
    modules: ['notifications'],
    first: ['message', 'notification_rule', 'template', 'suppression', 'preference', 'message_time'],
  },
  {
    title: 'app.audit',
    modules: ['audit'],
    first: ['event', 'compliance_check', 'compliance_run', 'compliance_finding', 'audit_report', 'replay'],
  },
];

const NAMED: ReadonlySet<string> = new Set(APPLICATIONS.flatMap(({ first }) => first));

/** Stock has a screen of its own, for those who may see all that it shows: there the left bar leads. */
function hasStockScreen({ name }: BusinessObject, objects: readonly BusinessObject[]): boolean {
  return name === 'stock_item' && ['product', 'warehouse'].every((shown) => objects.some((object) => object.name === shown));
}

/** The screen of its own that an object has for the caller, to which the left bar leads. */
export function ownScreen(object: BusinessObject, objects: readonly BusinessObject[]): '/stock' | '/bank' | '/audit' | null {
  if (hasStockScreen(object, objects)) return '/stock';
  if (object.name === 'event') return '/audit';
  return object.name === 'bank_transaction' ? '/bank' : null;
}

/** Where everything stands that the platform writes by itself. */
export const BACKGROUND: TextKey = 'app.background';

export type Application = { readonly title: TextKey; readonly objects: readonly BusinessObject[] };

/** What the left bar shows: applications that have something for the caller. Rows of a parent are found in their parent. */
export function applicationsOf(objects: readonly BusinessObject[]): readonly Application[] {
  const roots = objects.filter((object) => object.parent === undefined);
  const worked = roots.filter((object) => NAMED.has(object.name) || !isWrittenByPlatform(object));
  const applications = APPLICATIONS.map(({ title, modules, first }) => {
    const rank = ({ name }: BusinessObject): number => (first.includes(name) ? first.indexOf(name) : first.length);
    const own = worked.filter(({ name, module }) => first.includes(name) || (!NAMED.has(name) && modules.includes(module)));
    return { title, objects: own.toSorted((left, right) => rank(left) - rank(right)) };
  });
  const modules = APPLICATIONS.flatMap((application) => application.modules);
  const background = roots.filter((object) => modules.includes(object.module) && !worked.includes(object));
  return [...applications, { title: BACKGROUND, objects: background }].filter((application) => application.objects.length > 0);
}

const WRITTEN_BY_PLATFORM: readonly string[] = ['status', ...DRAWN_TYPES];

/** Whether people can only read an object: all its own fields are set by the platform, such as movements of stock. */
function isWrittenByPlatform({ fields }: BusinessObject): boolean {
  const own = fields.filter((field) => field.system !== true);
  return own.length > 0 && own.every((field) => field.readOnly === true || WRITTEN_BY_PLATFORM.includes(field.type));
}

/** Objects by how much one works with them: the first of each application, then the second of each …, then what no application names, and the background at the end. */
export function byImportance(objects: readonly BusinessObject[]): readonly BusinessObject[] {
  const applications = applicationsOf(objects);
  const background = applications.find(({ title }) => title === BACKGROUND)?.objects ?? [];
  const columns = applications.map((application) => application.objects).filter((column) => column !== background);
  const named = columns.map((column) => column.filter(({ name }) => NAMED.has(name)));
  const depth = Math.max(0, ...named.map((column) => column.length));
  const rows = Array.from({ length: depth }, (_row, index) => named.flatMap((column) => column[index] ?? []));
  return [...rows.flat(), ...columns.flat().filter(({ name }) => !NAMED.has(name)), ...background];
}
