import { defineCommand } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { whatIsSaid } from '../receivables/check.ts';
import { keepCheck, type Asked } from '../receivables/keep-check.ts';
import type { Agreement } from '../rules/receivables-agreement.ts';

/** Holds the control accounts of receivables against the open items as of a day, and keeps what was found. */
export const checkReceivables = defineCommand<Record<string, never>, { asOf?: string | null; ofCompanyId?: string | null }>({
  object: 'receivables_check',
  name: 'checkReceivables',
  ask: async ({ report, begin, caller }, _record, input) => {
    const companyId = input.ofCompanyId ?? caller.companyId ?? null;
    const asOf = input.asOf ?? (await begin(async (work) => work.today(companyId ?? undefined)));
    const asked: Asked = { companyId, asOf };
    return { values: { asked, said: await whatIsSaid({ begin, report }, asked) } };
  },
  run: async (work, _record, _input, { values }) => {
    const { asked, said } = trusted<{ asked: Asked; said: Agreement }>(values);
    return { created: [{ object: 'receivables_check', id: await keepCheck(work, asked, said) }] };
  },
});
