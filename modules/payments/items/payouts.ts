import type { GatewayAccount, Payment, Payout, PayoutLine } from '#metadata/records.gen.ts';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { convert } from '#platform/kernel/money/exchange.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { payoutSettled } from '../events.ts';
import type { ToldPayout } from '../gateways/gateway.ts';

/** A payout as its gateway tells it, once: its lines are those of payments we know, and it is settled when they add up. */
export async function takePayout(work: Work, account: GatewayAccount, told: ToldPayout): Promise<void> {
  const filter = { gatewayAccountId: account.id, reference: told.reference };
  const [known] = await work.query<Payout>('payout', { filter, fields: 'id', limit: 1 });
  if (known) return;
  const lines: Partial<PayoutLine>[] = [];
  for (const { reference, kind, paymentReference, gross, fee } of told.lines) {
    const of = { gatewayAccountId: account.id, gatewayReference: paymentReference };
    const [payment] = paymentReference ? await work.query<Payment>('payment', { filter: of, fields: 'id', limit: 1 }) : [];
    lines.push({ reference, kind, paymentId: payment?.id ?? null, gross, fee });
  }
  const payout = await work.create<Payout>('payout', uuidV7(), {
    gatewayAccountId: account.id,
    bankAccountId: account.bankAccountId ?? null,
    companyId: account.companyId ?? null,
    reference: told.reference,
    date: told.date,
    currency: told.currency,
    paidOut: told.net,
    lines,
  });
  // What does not add up waits as a draft for a person.
  if (exact(payout.net ?? 0).eq(payout.paidOut)) await settlePayout(work, payout);
}

/** The money is on its way to the bank: what it is of and the fees add up to it. Refuses one that does not. */
export async function settlePayout(work: Work, payout: Payout): Promise<void> {
  const currency = currencyOf(payout);
  if (!exact(payout.net ?? 0).eq(payout.paidOut)) {
    const [net, paidOut] = [toCurrency(payout.net ?? '0', currency), toCurrency(payout.paidOut, currency)];
    const said = {
      en: `The lines add up to ${net} ${currency}, and ${paidOut} were paid out. Add what is missing, as an adjustment where there is no payment.`,
      de: `Die Zeilen ergeben ${net} ${currency}, ausgezahlt wurden ${paidOut}. Ergänzen Sie, was fehlt, als Korrektur, wo es keine Zahlung ist.`,
    };
    throw invalidValues([faultAt({ pointer: '/lines', field: 'lines', rule: 'payout' }, said)]);
  }
  const { exchangeRate } = await settledRate(work, payout);
  const [company] = payout.companyId
    ? await work.query<{ id: string; currency: string }>('company', { filter: { id: payout.companyId } })
    : [];
  const companyCurrency = company?.currency ?? currency;
  const inCompany = (amount: string): string => convert(amount, { rate: exchangeRate, currency: companyCurrency });
  const [gross, fees] = [sumOf((payout.lines ?? []).map((line) => line.gross)), sumOf((payout.lines ?? []).map((line) => line.fee ?? 0))];
  const companyGross = inCompany(toCurrency(gross, currency));
  const companyNet = inCompany(payout.paidOut);
  await work.save('payout', { id: payout.id, status: 'settled', exchangeRate });
  await work.emit(payoutSettled, `payout/${payout.id}`, {
    payoutId: payout.id,
    number: payout.number ?? null,
    companyId: payout.companyId ?? null,
    date: payout.date,
    reference: payout.reference ?? null,
    gatewayAccountId: payout.gatewayAccountId,
    bankAccountId: payout.bankAccountId ?? null,
    currency,
    exchangeRate,
    gross: toCurrency(gross, currency),
    fees: toCurrency(fees, currency),
    net: toCurrency(payout.paidOut, currency),
    companyCurrency,
    companyGross,
    companyFees: toCurrency(exact(companyGross).minus(companyNet), companyCurrency),
    companyNet,
  });
}
