import type { Account } from '#metadata/records.gen.ts';

/** What an account of a chart is besides its number and names. */
export type AccountSettings = {
  readonly role?: NonNullable<Account['role']>;
  /** Number of the heading that it is part of. */
  readonly in?: string;
  readonly vatCategory?: NonNullable<Account['vatCategory']>;
  readonly vatRate?: string;
  /** Where it stands in the VAT return. */
  readonly vatReturnCode?: string;
  /** Only sums what is part of it. */
  readonly isHeading?: boolean;
};

/** An account of a chart: number, type, German and English name, and what else it is. */
export type ChartAccount = readonly [
  code: string,
  type: NonNullable<Account['type']>,
  german: string,
  english: string,
  settings?: AccountSettings,
];

/** A chart of accounts as it is taken: its accounts, headings before what is part of them, and the language of their names. */
export type Chart = { readonly name: string; readonly language: 'de' | 'en'; readonly accounts: readonly ChartAccount[] };
