import type { VatCategory } from '../money/vat-category.ts';
import type { RateKind } from './rates.ts';
import type { TaxRule } from './tax-rule.ts';

type Ids = readonly string[] | null;

/** A tax rule as its record, or the mirror of it, keeps it. */
export type TaxRuleRecord = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly companyIds?: Ids;
  readonly customerIds?: Ids;
  readonly customerGroupIds?: Ids;
  readonly country?: string | null;
  readonly regions?: Ids;
  readonly postalCodes?: Ids;
  readonly productIds?: Ids;
  readonly productGroupIds?: Ids;
  readonly taxCategories?: Ids;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly vatCategory: VatCategory;
  readonly percent?: string | null;
  readonly rateKind?: RateKind | null;
  readonly rateCountry?: string | null;
  readonly exemptionCode?: string | null;
  readonly exemptionReason?: string | null;
  readonly exemptionReasonGerman?: string | null;
};

/** What of a record a decision needs: to be asked for, and kept by mirrors. */
export const TAX_RULE_FIELDS =
  'name,priority,companyIds,customerIds,customerGroupIds,country,regions,postalCodes,productIds,productGroupIds,taxCategories,validFrom,validUntil,vatCategory,percent,rateKind,rateCountry,exemptionCode,exemptionReason,exemptionReasonGerman';

/** A rule's record as it is decided with. */
export function taxRuleOf(record: TaxRuleRecord): TaxRule {
  const { companyIds, customerIds, customerGroupIds, productIds, productGroupIds, exemptionReason, exemptionReasonGerman, ...rest } =
    record;
  const said = exemptionReason ?? exemptionReasonGerman;
  return {
    ...rest,
    companies: companyIds ?? null,
    customers: customerIds ?? null,
    customerGroups: customerGroupIds ?? null,
    products: productIds ?? null,
    productGroups: productGroupIds ?? null,
    exemptionReason: said ? { en: exemptionReason ?? said, de: exemptionReasonGerman ?? said } : null,
  };
}
