import type { Payment } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { receive } from './receive.ts';

/** A payment that is there from the beginning, as a bank statement tells it: recorded at once. Answers it locked. */
export async function recordReceived(work: Work, values: RecordValues): Promise<Payment> {
  const payment = await work.create<Payment>('payment', uuidV7(), values);
  const rate = await settledRate(work, payment);
  const item = await receive(work, { ...payment, ...rate }, exact(payment.amount));
  return work.save<Payment>('payment', { id: payment.id, status: 'captured', captured: payment.amount, openItemId: item.id, ...rate });
}
