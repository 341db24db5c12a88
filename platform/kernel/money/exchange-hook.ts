import { exact, plain } from '../decimal.ts';
import { Refusal } from '../errors.ts';
import { defineHook, type Hook, type Need, type Work } from '../module.ts';

/** A document with the rate at which its currency counts in the company's. */
export type ExchangedDocument = {
  readonly [field: string]: unknown;
  readonly companyId?: string | null;
  readonly currency?: string | null;
  /** The day whose rate counts; without one the newest. */
  readonly date?: string | null;
  /** Units of the company's currency for one of the document's; null while it is not known. */
  readonly exchangeRate?: string | null;
  /** The rate of accounting's that it is; null where a person typed it. */
  readonly exchangeRateSourceId?: string | null;
};

type Rate = { readonly id: string; readonly baseCurrency: string; readonly rate: string };
type Facts = { readonly company: readonly { readonly currency?: string | null }[]; readonly rates: readonly Rate[] };

/** A rate, and the one of accounting's that it is. */
type Settled = { readonly exchangeRate: string; readonly exchangeRateSourceId: string | null };
type Chosen = Omit<Settled, 'exchangeRate'> & { readonly exchangeRate: string | null };

/** In the company's own currency. */
const ONE: Settled = { exchangeRate: '1', exchangeRateSourceId: null };

/** More than the currencies in which companies of one installation keep their books. */
const BASES_MOST = 20;

/**
 * The hook that gives a document its exchange rate while it is open: one in the company's currency, else accounting's newest of the document's
 * day. What a person typed stays; what came from accounting follows the currency and the day.
 */
export function exchangeHook({
  object,
  isOpen,
}: {
  readonly object: string;
  readonly isOpen: (before: ExchangedDocument) => boolean;
}): Hook {
  const isAsked = (draft: ExchangedDocument, before: ExchangedDocument | null): boolean =>
    (before === null || isOpen(before)) && Boolean(draft.currency && draft.companyId) && isOfAccounting(draft, before);
  return defineHook<ExchangedDocument, Facts>({
    object,
    name: 'fillExchangeRate',
    needs: (draft, before) => (isAsked(draft, before) ? needsOf(draft) : {}),
    derive: (draft, facts, before) => {
      if (before !== null && !isOpen(before)) return {};
      if (isAsked(draft, before)) return rateOf(draft, facts);
      return draft.exchangeRate ? { exchangeRateSourceId: sourceOf(draft, before) } : ONE;
    },
  });
}

/** The rate of a document that is to count from now on: its own, else accounting's. Refused with `wrong_state` when there is none. */
export async function settledRate(work: Work, document: ExchangedDocument): Promise<Settled> {
  const { exchangeRate, exchangeRateSourceId = null } = document;
  if (exchangeRate && exact(exchangeRate).gt(0)) return { exchangeRate, exchangeRateSourceId };
  if (!document.companyId || !document.currency) return ONE;
  const { company, rates } = needsOf(document);
  const found = rateOf(document, { company: await work.query(company.object, company), rates: await work.query(rates.object, rates) });
  if (found.exchangeRate !== null) return { ...found, exchangeRate: found.exchangeRate };
  throw new Refusal('wrong_state', {
    en: `There is no exchange rate for ${document.currency} yet. Type one here, or add it to the exchange rates of accounting.`,
    de: `Für ${document.currency} gibt es noch keinen Wechselkurs. Tragen Sie hier einen ein, oder ergänzen Sie ihn bei den Wechselkursen der Buchhaltung.`,
  });
}

/** Whether the rate is accounting's to say: nobody typed one. */
function isOfAccounting(draft: ExchangedDocument, before: ExchangedDocument | null): boolean {
  if (!draft.exchangeRate) return true;
  if (before === null || !isSame(draft, before)) return false;
  return before.currency !== draft.currency || Boolean(before.exchangeRateSourceId);
}

function isSame(draft: ExchangedDocument, before: ExchangedDocument | null): boolean {
  return Boolean(before?.exchangeRate && draft.exchangeRate && exact(before.exchangeRate).eq(draft.exchangeRate));
}

/** A rate that came together with where it is from keeps that; one that was typed is from nowhere. */
function sourceOf(draft: ExchangedDocument, before: ExchangedDocument | null): string | null {
  const source = draft.exchangeRateSourceId ?? null;
  return isSame(draft, before) || source !== (before?.exchangeRateSourceId ?? null) ? source : null;
}

function needsOf({ companyId, currency, date }: ExchangedDocument): { readonly company: Need; readonly rates: Need } {
  const known = { currency, ...(date ? { validFrom: { lte: date } } : {}) };
  return {
    company: { object: 'company', filter: { id: companyId } },
    rates: { object: 'exchange_rate', filter: known, sort: '-validFrom', limit: BASES_MOST },
  };
}

function rateOf({ currency }: ExchangedDocument, { company, rates }: Facts): Chosen {
  const base = company[0]?.currency;
  if (!base || base === currency) return ONE;
  const found = rates.find((rate) => rate.baseCurrency === base);
  return { exchangeRate: found ? plain(found.rate) : null, exchangeRateSourceId: found?.id ?? null };
}
