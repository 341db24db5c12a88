import type { Adjustment } from './line.ts';
import type { Rounding } from './rounding.ts';
import type { VatTreatment } from './vat-category.ts';

/** Lines, allowances and charges in the terms of their prices: without tax, or with it where `pricesIncludeTax`. */
export type PricedDocument = {
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly PricedAmount[];
  readonly adjustments: readonly PricedAdjustment[];
};

/** A line's amount in the terms of its price. */
export type PricedAmount = VatTreatment & { readonly amount: string };

/** An allowance (BG-20) or charge (BG-21) of the document on one VAT category and rate; `amount` is positive in both. */
export type PricedAdjustment = PricedAmount & { readonly kind: Adjustment['kind']; readonly reason?: string | null };

/** What is left to pay depends on it: what was paid before (BT-113) and rounding (BT-114). */
export type Settlement = { readonly prepaidAmount?: string | null; readonly rounding?: Rounding | null };

/** A line with all its amounts. Over the lines of a VAT group, `taxableAmount` and `taxAmount` add up to the group's. */
export type LineAmounts = PricedAmount & {
  /** BT-131. */
  readonly netAmount: string;
  /** This line's part of the document's allowances (negative) and charges. */
  readonly adjustmentShare: string;
  readonly taxableAmount: string;
  readonly taxAmount: string;
  /** `taxableAmount` + `taxAmount`. */
  readonly grossAmount: string;
};

/** An allowance or charge of the document with its amount without tax (BT-92, BT-99). */
export type AdjustmentAmounts = PricedAdjustment & {
  readonly netAmount: string;
  /** Whether lines of the same VAT carry it in their `adjustmentShare`; if none has that VAT it stands for itself. */
  readonly isOnLines: boolean;
};

/** One VAT category and rate (BG-23): BT-116 and BT-117. */
export type VatAmounts = VatTreatment & { readonly taxableAmount: string; readonly taxAmount: string };

/** All amounts of a document, as decimal strings with the currency's digits: what it stores and prints. */
export type DocumentAmounts = {
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly LineAmounts[];
  readonly adjustments: readonly AdjustmentAmounts[];
  readonly vat: readonly VatAmounts[];
  /** BT-106, the sum of BT-131. */
  readonly lineTotal: string;
  /** BT-107. */
  readonly allowanceTotal: string;
  /** BT-108. */
  readonly chargeTotal: string;
  /** BT-109 = BT-106 − BT-107 + BT-108. */
  readonly netTotal: string;
  /** BT-110, the sum of BT-117. */
  readonly taxTotal: string;
  /** BT-112 = BT-109 + BT-110. */
  readonly grossTotal: string;
  /** BT-113: what was paid before, and the VAT that a buyer under split payment (category B) pays to the treasury. */
  readonly prepaidAmount: string;
  /** BT-114. */
  readonly roundingAmount: string;
  /** BT-115 = BT-112 − BT-113 + BT-114. */
  readonly dueAmount: string;
};

/** What `partAmounts` needs of a document that is stored: its amounts in the terms of its prices, and its VAT. */
export type StoredAmounts = PricedDocument & { readonly vat: readonly VatAmounts[] };
