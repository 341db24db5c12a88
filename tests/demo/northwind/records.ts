import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { exact, plain } from '#platform/kernel/decimal.ts';
import type { CsvRow } from './files.ts';

/** ISO 3166-1 codes of the country names in the files. */
const COUNTRIES = new Map(
  Object.entries({
    Argentina: 'AR',
    Australia: 'AU',
    Austria: 'AT',
    Belgium: 'BE',
    Brazil: 'BR',
    Canada: 'CA',
    Denmark: 'DK',
    Finland: 'FI',
    France: 'FR',
    Germany: 'DE',
    Ireland: 'IE',
    Italy: 'IT',
    Japan: 'JP',
    Mexico: 'MX',
    Netherlands: 'NL',
    Norway: 'NO',
    Poland: 'PL',
    Portugal: 'PT',
    Singapore: 'SG',
    Spain: 'ES',
    Sweden: 'SE',
    Switzerland: 'CH',
    UK: 'GB',
    USA: 'US',
    Venezuela: 'VE',
  } as const),
);

/** A customer from its row; a telephone number that is none goes to the notes. */
export function customerOf(row: CsvRow): Record<string, unknown> {
  const country = COUNTRIES.get(row['Country'] ?? '');
  const phone = parsePhoneNumberFromString(row['Phone'] ?? '', country);
  return {
    name: row['CompanyName'],
    kind: 'company',
    ...(phone?.isPossible() ? { phone: phone.number } : { notes: `Phone: ${row['Phone']}` }),
    billingAddress: addressOf(row, {
      street: 'Address',
      city: 'City',
      region: 'Region',
      postalCode: 'PostalCode',
      country: 'Country',
    }),
  };
}

/** The main contact of a customer. */
export function contactOf(row: CsvRow, customerId: string): Record<string, unknown> {
  return { name: row['ContactName'], position: row['ContactTitle'], customerId, primary: true };
}

/** A product; its category and supplier by id. */
export function productOf(
  row: CsvRow,
  ids: { categories: ReadonlyMap<string, string>; suppliers: ReadonlyMap<string, string> },
): Record<string, unknown> {
  return {
    name: row['ProductName'],
    unit: row['QuantityPerUnit'],
    listPrice: row['UnitPrice'],
    active: row['Discontinued'] === '0',
    categoryId: ids.categories.get(row['CategoryID'] ?? '') ?? null,
    supplierId: ids.suppliers.get(row['SupplierID'] ?? '') ?? null,
  };
}

/** An order of the files as an offer with its lines. The file's discount is a fraction, ours is in points. */
export function offerOf(
  row: CsvRow,
  lines: readonly CsvRow[],
  ids: { customers: ReadonlyMap<string, string>; products: ReadonlyMap<string, string> },
): Record<string, unknown> {
  return {
    customerId: ids.customers.get(row['CustomerID'] ?? ''),
    subject: `Northwind order ${row['OrderID']}`,
    date: dayOf(row['OrderDate']),
    currency: 'USD',
    freight: row['Freight'],
    shippingAddress: addressOf(row, {
      street: 'ShipAddress',
      city: 'ShipCity',
      region: 'ShipRegion',
      postalCode: 'ShipPostalCode',
      country: 'ShipCountry',
    }),
    lines: lines.map((line) => ({
      productId: ids.products.get(line['ProductID'] ?? ''),
      quantity: line['Quantity'],
      unitPrice: line['UnitPrice'],
      discountPercent: plain(exact(line['Discount'] ?? '0').times(100)),
    })),
  };
}

function dayOf(instant: string | undefined): string | null {
  return instant ? instant.slice(0, 10) : null;
}

function addressOf(
  row: CsvRow,
  columns: { street: string; city: string; region: string; postalCode: string; country: string },
): Record<string, string> {
  const parts = Object.entries(columns).map(
    ([part, column]) => [part, part === 'country' ? COUNTRIES.get(row[column] ?? '') : row[column]] as const,
  );
  return Object.fromEntries(parts.flatMap(([part, value]) => (value ? [[part, value] as const] : [])));
}
