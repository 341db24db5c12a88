import type { Chargeback, OpenItem, Payment } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, jsonOf, plainText } from '#platform/kernel/json.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { chargebackLost, chargebackReceived, chargebackWon, type ChargebackData } from '../events.ts';
import { wrong } from '../rules/allocation.ts';
import { companyCurrencyOf, openOf } from '../rules/open-amount.ts';
import { settleGivenBack } from './give-back.ts';
import { countReturned } from './refunds.ts';
import { settle } from './settle.ts';
import { takeBackAll, voidItem } from './take-back.ts';

/** What is known of a chargeback when it comes. */
export type ChargebackAsked = {
  readonly amount?: string | null;
  readonly fee?: string | null;
  readonly reason: string;
  readonly gatewayReference?: string | null;
};

/** A payer's bank took a payment back: the money is gone, and what it had settled is owed again. The payment must be locked. */
export async function openChargeback(work: Work, payment: Payment, asked: ChargebackAsked): Promise<Chargeback> {
  const currency = currencyOf(payment);
  const left = exact(payment.captured ?? 0).minus(payment.returned ?? 0);
  const amount = asked.amount ? exact(toCurrency(asked.amount, currency)) : left;
  if (amount.lte(0) || amount.gt(left))
    throw wrong(
      { pointer: '/amount', field: 'amount' },
      {
        en: `${toCurrency(left, currency)} ${currency} of this payment can be taken back, not ${toCurrency(amount, currency)}.`,
        de: `Von dieser Zahlung lassen sich ${toCurrency(left, currency)} ${currency} zurückholen, nicht ${toCurrency(amount, currency)}.`,
      },
    );
  await countReturned(work, payment, { returned: amount });
  const date = work.today(payment.companyId ?? undefined);
  const rate = await settledRate(work, { companyId: payment.companyId ?? null, currency, date });
  const chargeback = await work.create<Chargeback>('chargeback', uuidV7(), {
    paymentId: payment.id,
    customerId: payment.customerId,
    companyId: payment.companyId ?? null,
    method: payment.method,
    bankAccountId: payment.bankAccountId ?? null,
    gatewayAccountId: payment.gatewayAccountId ?? null,
    gatewayReference: asked.gatewayReference ?? null,
    date,
    currency,
    ...rate,
    amount: toCurrency(amount, currency),
    fee: toCurrency(asked.fee ?? '0', currency),
    reason: asked.reason,
  });
  const item = await work.create<OpenItem>('open_item', chargeback.id, {
    kind: 'chargeback',
    side: 'debit',
    reference: chargeback.number ?? null,
    paymentId: payment.id,
    customerId: payment.customerId,
    companyId: payment.companyId ?? null,
    date,
    currency,
    exchangeRate: rate.exchangeRate,
    amount: chargeback.amount,
    reason: asked.reason,
  });
  const reason = `${chargeback.number ?? ''} ${asked.reason}`.trim();
  const reopened = await settleGivenBack(work, item.id, payment, { date, reason, otherCredits: false });
  await work.save('chargeback', { id: chargeback.id, openItemId: item.id, reopened: jsonOf(JSON.stringify(reopened)) });
  await work.emit(chargebackReceived, `chargeback/${chargeback.id}`, dataOf(chargeback, item));
  return chargeback;
}

/** The bank decided for us: the money is back, and settles again what it had settled, as far as that is open still. Both must be locked. */
export async function winChargeback(work: Work, chargeback: Chargeback, payment: Payment, feeBack: string): Promise<void> {
  const date = work.today(chargeback.companyId ?? undefined);
  const reason = chargeback.number ?? '';
  await takeBackAll(work, await work.lock<OpenItem>('open_item', chargeback.id), reason);
  const item = await work.lock<OpenItem>('open_item', chargeback.id);
  await voidItem(work, item, date);
  await countReturned(work, payment, { returned: exact(chargeback.amount).negated() });
  for (const { itemId, amount } of reopenedOf(chargeback)) await putBack(work, payment, { itemId, amount, date });
  await work.save('chargeback', { id: chargeback.id, status: 'won', decidedOn: date });
  await work.emit(chargebackWon, `chargeback/${chargeback.id}`, { ...dataOf(chargeback, item), date, fee: feeBack });
}

/** The bank decided for the payer: the money stays gone, the customer owes it still. */
export async function loseChargeback(work: Work, chargeback: Chargeback): Promise<void> {
  const date = work.today(chargeback.companyId ?? undefined);
  const item = await work.get<OpenItem>('open_item', chargeback.id);
  await work.save('chargeback', { id: chargeback.id, status: 'lost', decidedOn: date });
  if (item) await work.emit(chargebackLost, `chargeback/${chargeback.id}`, { ...dataOf(chargeback, item), date, fee: '0' });
}

async function putBack(
  work: Work,
  payment: Payment,
  { itemId, amount, date }: { itemId: string; amount: string; date: string },
): Promise<void> {
  const credit = await work.lock<OpenItem>('open_item', payment.id);
  const debit = await work.lock<OpenItem>('open_item', itemId);
  const most = [openOf(credit), openOf(debit), exact(amount)].reduce((least, each) => (each.lt(least) ? each : least));
  if (most.gt(0) && credit.currency === debit.currency) await settle(work, { debit, credit }, { amount: most, date });
}

function reopenedOf({ reopened }: Chargeback): readonly { itemId: string; amount: string }[] {
  const rows = isList(reopened) ? reopened.filter(isRecord) : [];
  return rows.map((row) => ({ itemId: plainText(row['itemId']), amount: plainText(row['amount']) }));
}

function dataOf(chargeback: Chargeback, item: OpenItem): ChargebackData {
  return {
    chargebackId: chargeback.id,
    paymentId: chargeback.paymentId,
    number: chargeback.number ?? null,
    customerId: chargeback.customerId,
    companyId: chargeback.companyId ?? null,
    date: chargeback.date,
    reference: chargeback.gatewayReference ?? null,
    amount: item.amount,
    currency: item.currency,
    exchangeRate: item.exchangeRate ?? '1',
    companyAmount: item.companyAmount ?? item.amount,
    companyCurrency: companyCurrencyOf(item),
    method: chargeback.method ?? 'other',
    bankAccountId: chargeback.bankAccountId ?? null,
    gatewayAccountId: chargeback.gatewayAccountId ?? null,
    fee: chargeback.fee ?? '0',
    reason: chargeback.reason,
  };
}
