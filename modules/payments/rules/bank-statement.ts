/** A transaction of a statement as its file tells it; `amount` is negative where it went out. */
export type ParsedTransaction = {
  readonly date: string;
  readonly valueDate: string | null;
  readonly amount: string;
  readonly currency: string | null;
  readonly name: string | null;
  readonly iban: string | null;
  readonly text: string;
  readonly reference: string | null;
};

/** A statement as its file tells it, oldest transaction first; balances where the file has them. Every format comes to this: CSV here, CAMT.053 and MT940 to come. */
export type ParsedStatement = {
  readonly openingBalance: string | null;
  readonly closingBalance: string | null;
  readonly transactions: readonly ParsedTransaction[];
};
