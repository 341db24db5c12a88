import { addDays } from '#platform/kernel/dates.ts';
import { asList, type JsonObject } from '../client.ts';
import { BUYERS, GROUPS, WARES, type Buyer } from './catalogue.ts';
import { idOf, type Office } from './office.ts';

/** A customer with what the company knows of them. */
export type Customer = Buyer & { readonly id: string; readonly contactId: string };

/** A product that can be sold. */
export type Product = {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly cost: string;
  readonly isStock: boolean;
};

/** What the company begins with: its customers, products, terms, warehouse and accounts. */
export type Company = {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly warehouse: string;
  readonly bankAccount: string;
  readonly gatewayAccount: string;
};

/** What one unit of a currency is worth in euros. */
export const RATES: Readonly<Record<string, string>> = { USD: '0.92', CHF: '1.05', GBP: '1.16' };

/** Sets everything up that is there before the first day. Refuses where documents have numbers already. */
export async function openCompany(office: Office, day: string): Promise<Company> {
  await refuseLivedIn(office);
  const rates = Object.entries(RATES).map(([currency, rate]) => ({
    currency,
    baseCurrency: 'EUR',
    validFrom: addDays(day, -30),
    rate,
    source: 'Demo',
  }));
  for (const rate of rates) await office.make('/api/accounting/exchange-rates', rate);
  const terms = await termsOf(office);
  const [customers, products, warehouse, bankAccount, gatewayAccount] = await Promise.all([
    customersOf(office, terms),
    productsOf(office),
    warehouseOf(office),
    bankAccountOf(office),
    gatewayOf(office),
  ]);
  await rulesOf(office);
  return { customers, products, warehouse, bankAccount, gatewayAccount };
}

/** Numbers of documents follow the days: behind one of today none of last year can be given. */
async function refuseLivedIn(office: Office): Promise<void> {
  const customers = '/api/customers/customers?filter[externalReference]=NORDLICHT-1&limit=1';
  const numbered = NUMBERED.map((path) => `${path}?filter[number][isNull]=false&limit=1`);
  for (const path of [customers, ...numbered])
    if ((await office.list(path)).length > 0)
      throw new Error(
        'There are documents here already, or the company has been played. It needs an empty installation: PORT=3001 TESSERA_DATA=.data-demo npm start',
      );
}

const NUMBERED = ['/api/offers/offers', '/api/orders/orders', '/api/delivery-notes/delivery-notes', '/api/invoices/invoices'];

type Terms = { readonly standard: string; readonly discount: string; readonly instalments: string };

async function termsOf(office: Office): Promise<Terms> {
  const make = async (values: object): Promise<string> => idOf(await office.make('/api/invoices/payment-terms', values));
  return {
    standard: await make({ name: '14 days net', days: 14 }),
    discount: await make({ name: '30 days, 2 % within 10', days: 30, discountPercent: '2', discountDays: 10 }),
    instalments: await make({
      name: 'Half at once, half after 30 days',
      days: 0,
      instalments: [
        { percent: '50', days: 7 },
        { percent: '50', days: 30 },
      ],
    }),
  };
}

async function customersOf(office: Office, terms: Terms): Promise<readonly Customer[]> {
  const groups = new Map<string, string>();
  for (const name of new Set(BUYERS.map(({ group }) => group)))
    groups.set(name, idOf(await office.make('/api/customers/customer-groups', { name })));
  return Promise.all(
    BUYERS.map(async (buyer, at) => {
      const customer = await office.make('/api/customers/customers', {
        name: buyer.name,
        kind: buyer.kind,
        groupId: groups.get(buyer.group),
        externalReference: `NORDLICHT-${at + 1}`,
        email: `office@${asciiOf(buyer.name)}.example`,
        currency: buyer.currency,
        language: buyer.language,
        vatNumber: buyer.vatNumber,
        creditLimit: '60000',
        paymentTermsId: at % 5 === 1 ? terms.discount : at % 7 === 3 ? terms.instalments : terms.standard,
        billingAddress: { street: buyer.street, postalCode: buyer.postalCode, city: buyer.city, country: buyer.country },
      });
      const contact = await office.make('/api/customers/contacts', {
        name: buyer.contact,
        customerId: idOf(customer),
        email: `${asciiOf(buyer.contact)}@${asciiOf(buyer.name)}.example`,
        primary: true,
      });
      if (buyer.iban) await office.make('/api/customers/bank-accounts', { customerId: idOf(customer), iban: buyer.iban });
      return { ...buyer, id: idOf(customer), contactId: idOf(contact) };
    }),
  );
}

async function productsOf(office: Office): Promise<readonly Product[]> {
  const groups = new Map<string, string>();
  for (const name of GROUPS) groups.set(name, idOf(await office.make('/api/offers/product-groups', { name })));
  return Promise.all(
    WARES.map(async ([sku, name, group, price, cost, weight]) => {
      const isStock = group !== 'Services';
      const values = { sku, name, groupId: groups.get(group), unit: isStock ? 'piece' : 'hour', listPrice: price, costPrice: cost, weight };
      const product = await office.make('/api/offers/products', { ...values, kind: isStock ? 'stock' : 'service' });
      return { id: idOf(product), sku, name, price, cost, isStock };
    }),
  );
}

async function warehouseOf(office: Office): Promise<string> {
  return idOf(
    (await office.present('/api/orders/warehouses?limit=1', ({ items }) => asList(items).length > 0).then(({ items }) => asList(items)))[0],
  );
}

async function bankAccountOf(office: Office): Promise<string> {
  const format = await office.make('/api/payments/bank-csv-formats', {
    name: 'House bank',
    dateColumn: 'Buchung',
    amountColumn: 'Betrag',
    currencyColumn: 'Währung',
    nameColumn: 'Name',
    ibanColumn: 'IBAN',
    textColumns: 'Verwendungszweck',
    balanceColumn: 'Saldo',
  });
  const account = {
    name: 'Current account',
    iban: 'DE02120300000000202051',
    bankName: 'Förde Bank',
    currency: 'EUR',
    csvFormatId: idOf(format),
  };
  return idOf(await office.make('/api/payments/own-bank-accounts', account));
}

async function gatewayOf(office: Office): Promise<string> {
  const account = idOf(
    await office.make('/api/payments/gateway-accounts', { name: 'Cards (simulated)', webhookName: 'cards', isOffered: true }),
  );
  await office.act(`/api/payments/gateway-accounts/${account}`, 'set-keys', { secretKey: 'sim_demo_key', webhookSecret: 'whsec_demo' });
  return account;
}

/** Prices by rule: so much off when a group buys many. */
async function rulesOf(office: Office): Promise<void> {
  const groups: readonly JsonObject[] = await office.list('/api/offers/product-groups?limit=100');
  const chairs = groups.find(({ name }) => name === 'Chairs');
  await office.make('/api/offers/pricing-rules', {
    name: 'Ten chairs or more: 8 % off',
    priority: 10,
    effect: 'discount',
    percent: '8',
    productGroupIds: [idOf(chairs)],
    minimumQuantity: '10',
  });
}

function asciiOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}
