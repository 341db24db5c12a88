import type { SalesFacts } from './sales-document.ts';

const COMPANY = '00000000-0000-7000-8000-000000000001';
const CUSTOMER = '00000000-0000-7000-8000-000000000002';
const PRODUCT = '00000000-0000-7000-8000-000000000003';
const SYSTEM = {
  version: 1,
  createdAt: '2026-01-31T08:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-31T08:00:00.000Z',
  updatedBy: 'system',
} as const;

/** Parties and product of the documents on which templates are tried. */
export const SAMPLE_FACTS: Required<SalesFacts> = {
  company: [
    {
      ...SYSTEM,
      id: COMPANY,
      name: 'Muster & Söhne GmbH',
      address: { street: 'Hauptstraße 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      fiscalYearStart: 1,
      taxNumber: '30/123/45678',
      vatNumber: 'DE123456788',
      registration: 'Amtsgericht Berlin HRB 12345',
      managers: 'Ana Weber',
      email: 'info@example.com',
      phone: '+493012345678',
      website: 'https://example.com',
      bankName: 'Musterbank',
      iban: 'DE75512108001245126199',
      bic: 'SOLADEST600',
    },
  ],
  customer: [
    {
      ...SYSTEM,
      id: CUSTOMER,
      number: 'CU-00042',
      name: 'Grünwald Möbel KG',
      language: 'de',
      vatNumber: 'DE987654321',
      billingAddress: { street: 'Am Markt 7', postalCode: '80331', city: 'München', country: 'DE' },
      shippingAddress: { street: 'Lagerweg 12', postalCode: '80939', city: 'München', country: 'DE' },
    },
  ],
  products: [{ id: PRODUCT, sku: 'T-1000' }],
};

const [customer] = SAMPLE_FACTS.customer;

/** What every sample record has. */
export const SAMPLE_RECORD = {
  ...SYSTEM,
  id: '00000000-0000-7000-8000-000000000009',
  companyId: COMPANY,
  customerId: CUSTOMER,
  number: '2026-00001',
  date: '2026-01-31',
} as const;

/** Lines and sums of those that have prices. */
export const SAMPLE_PRICES = {
  currency: 'EUR',
  pricesIncludeTax: false,
  lines: [
    {
      productId: PRODUCT,
      description: 'Oak table, solid',
      quantity: '2',
      unit: 'pcs',
      unitPrice: '1250',
      priceBaseQuantity: '1',
      discountPercent: '5',
      vatCategory: 'S' as const,
      vatRate: '19',
      amount: '2375.00',
    },
    {
      productId: null,
      description: 'Assembly on site',
      quantity: '3.5',
      unit: 'h',
      unitPrice: '64.5',
      priceBaseQuantity: '1',
      discountPercent: null,
      vatCategory: 'S' as const,
      vatRate: '19',
      amount: '225.75',
    },
  ],
  netTotal: '2600.75',
  taxTotal: '494.14',
  grossTotal: '3094.89',
  vat: [{ vatCategory: 'S', vatRate: '19', taxableAmount: '2600.75', taxAmount: '494.14', vatExemptionReason: null }],
  billingAddress: customer?.billingAddress ?? null,
  shippingAddress: customer?.shippingAddress ?? null,
};
