import type { FiscalYear, Period } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { periodReopened } from '../events.ts';
import { reopened, type DocumentType } from '../rules/period-state.ts';

/** Opens a period again for what it was closed for softly; somebody says why, and it is told. Not while its year is closed. */
export const reopenPeriod = defineCommand<Period, { reason: string; documents?: readonly DocumentType[] | null }>({
  object: 'period',
  name: 'reopenPeriod',
  run: async (work, period, { reason, documents }) => {
    const year = await work.get<FiscalYear>('fiscal_year', period.fiscalYearId);
    if (year?.status === 'closed')
      throw new Refusal('wrong_state', {
        en: `The year ${year.name ?? ''} is closed. Reopen it first.`,
        de: `Das Jahr ${year.name ?? ''} ist abgeschlossen. Öffnen Sie es zuerst wieder.`,
      });
    const asked = documents ?? [];
    await work.emit(periodReopened, `period/${period.id}`, {
      periodId: period.id,
      companyId: period.companyId ?? null,
      documents: asked.length === 0 ? (period.softClosedFor ?? []) : asked,
      reason,
    });
    return { values: { ...reopened(period, asked), closeReason: reason } };
  },
});
