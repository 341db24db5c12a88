import type { Payment } from '#metadata/records.gen.ts';

type Status = NonNullable<Payment['status']>;

/** What a gateway may say of a payment. */
type Said = 'pending' | 'authorized' | 'captured' | 'failed' | 'cancelled';

/** From where a payment goes to what its gateway says. Money that is there counts whatever was thought before; nothing else brings back what is over. */
const FROM: Readonly<Record<Said, readonly Status[]>> = {
  pending: ['draft', 'pending', 'unknown'],
  authorized: ['draft', 'pending', 'authorized', 'unknown'],
  captured: ['draft', 'pending', 'authorized', 'unknown', 'failed', 'cancelled'],
  failed: ['draft', 'pending', 'authorized', 'unknown'],
  cancelled: ['draft', 'pending', 'authorized', 'unknown'],
};

/** The status a payment goes to when its gateway says so; null where that changes nothing. */
export function nextStatus(now: Status, said: Said): Status | null {
  return FROM[said].includes(now) ? said : null;
}
