/** On what a VAT decision stands: what decided, and what had to be assumed because it is not known. Keys of the field `vatBasis`, which names them for people. */
export const VAT_BASES = [
  'tax-rule',
  'day-of-supply',
  'domestic',
  'small-business',
  'exempt-customer',
  'export',
  'intra-community',
  'below-threshold',
  'distance-sale',
  'reverse-charge',
  'electronic-to-consumer',
  'service-to-consumer',
  'outside-union',
  'domestic-reverse-charge',
  'exempt-product',
  'zero-rated-product',
  'by-hand',
  'no-seller',
  'no-rate',
  'no-country',
  'no-product',
] as const;

/** Key of a basis above. */
export type VatBasis = (typeof VAT_BASES)[number];
