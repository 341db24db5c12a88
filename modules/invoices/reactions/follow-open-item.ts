import type { Invoice } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on, type Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { invoicePaid } from '../events.ts';
import { nextDueOf } from '../rules/collection.ts';
import { ofInvoice } from '../rules/sums.ts';

/** What is outstanding of an invoice is what its open item says, which has its id; the newest word counts, in whatever order they come. */
export const followOpenItem = on('payments', 'OpenItemUpdated', 'followOpenItem', project);

/** The first word of the open item of an invoice. */
export const followNewItem = on('payments', 'OpenItemCreated', 'followNewItem', project);

async function project(work: Work, event: PlatformEvent): Promise<void> {
  const { record } = event.data;
  if (!isRecord(record) || record['kind'] !== 'invoice') return;
  const version = Number(record['version']);
  const invoice = await work.lock<Invoice>('invoice', plainText(record['id']));
  if ((invoice.openItemVersion ?? 0) >= version) return;
  const outstanding = plainText(record['balance']);
  const next = nextDueOf({ ...invoice, outstanding });
  const isStillOverdue = Boolean(invoice.overdueSince) && next !== null && next < work.today(invoice.companyId ?? undefined);
  const now = await work.save<Invoice>('invoice', {
    id: invoice.id,
    openItemId: invoice.id,
    outstanding,
    writtenOffTotal: record['writtenOff'] ?? null,
    openItemVersion: version,
    overdueSince: isStillOverdue ? next : null,
  });
  if (now.status !== 'paid' || invoice.status === 'paid') return;
  const { customerId, grossTotal } = now;
  await work.emit(invoicePaid, `invoice/${now.id}`, {
    ...ofInvoice(now),
    customerId,
    grossTotal: grossTotal ?? '0',
    currency: currencyOf(now),
  });
}
