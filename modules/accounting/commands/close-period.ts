import type { Period, Posting } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { periodClosed } from '../events.ts';
import { ofCompany } from '../journal/periods.ts';
import { closed, CLOSABLE, type DocumentType } from '../rules/period-state.ts';

type Input = { kind?: 'soft' | 'hard' | null; documents?: readonly DocumentType[] | null; reason?: string | null };

/** Closes a period for some or all kinds of documents: for now, or for good, which nobody takes back. For good only when nothing waits to be posted in it. */
export const closePeriod = defineCommand<Period, Input>({
  object: 'period',
  name: 'closePeriod',
  run: async (work, period, { kind, documents, reason }) => {
    const isHard = kind === 'hard';
    const asked = documents ?? [];
    if (isHard) await refuseWaiting(work, period, asked.length === 0 ? CLOSABLE : asked);
    const values = closed(period, { isHard, documents: asked });
    await work.emit(periodClosed, `period/${period.id}`, {
      periodId: period.id,
      companyId: period.companyId ?? null,
      from: period.from,
      to: period.to,
      isForGood: isHard,
      documents: [...values.closedFor, ...values.softClosedFor],
    });
    return { values: { ...values, closeReason: reason ?? null } };
  },
});

/** Refuses while something of these kinds waits to be posted between two days. */
export async function refuseWaiting(
  work: Work,
  { companyId, from, to }: Pick<Period, 'companyId' | 'from' | 'to'>,
  documents: readonly DocumentType[],
): Promise<void> {
  const filter = { ...ofCompany(companyId ?? null), status: 'waiting', date: { between: [from, to] }, documentType: { in: documents } };
  const [waiting] = await work.query<Pick<Posting, 'id' | 'title'>>('posting', { filter, fields: 'title', limit: 1 });
  if (!waiting) return;
  throw new Refusal('wrong_state', {
    en: `${waiting.title ?? 'A document'} still waits to be posted here. Look at the posting queue first.`,
    de: `${waiting.title ?? 'Ein Beleg'} wartet hier noch auf die Buchung. Sehen Sie zuerst bei den Buchungsvorgängen nach.`,
  });
}
