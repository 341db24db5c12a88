import type { CustomerDunning, DunningLevel, DunningPolicy, DunningRun, DunningRunLine } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { UNPAID } from '../rules/collection.ts';
import { byLetter, dunningLines, letterSums, percentDone, type Reminded } from '../rules/dunning-lines.ts';

/** So many invoices in one run, the longest overdue first; more need another. */
const INVOICES_MAX = 500;
const FIELDS =
  'customerId,customer.name,paymentSchedule,dueDate,grossTotal,outstanding,currency,exchangeRate,dunningLevel,dunnedOn,kind,interestUntil';

type Facts = {
  readonly invoices: readonly Reminded[];
  readonly levels: readonly DunningLevel[];
  readonly standard: readonly DunningPolicy[];
  readonly customers: readonly CustomerDunning[];
};

/** A new run looks up whom it reminds of what; its lines can be taken out, not added. What its letters come to follows from the lines. */
export const previewRun = defineHook<DunningRun, Facts>({
  object: 'dunning_run',
  name: 'previewRun',
  needs: (draft, before) => {
    if (before) return {};
    const company = draft.companyId ? { companyId: draft.companyId } : {};
    const filter = { ...company, status: { in: UNPAID }, nextDueDate: { lt: draft.date } };
    return {
      invoices: { object: 'invoice', filter, fields: FIELDS, sort: 'nextDueDate', limit: INVOICES_MAX },
      levels: { object: 'dunning_level', sort: 'daysOverdue', limit: 500 },
      standard: { object: 'dunning_policy', filter: { standard: true }, sort: 'name', limit: 1 },
      customers: { object: 'customer_dunning', limit: 1000 },
    };
  },
  derive: (draft, facts, before) => {
    if (before) refuseOtherLines(before, draft);
    const dunning = { levels: facts.levels ?? [], standard: facts.standard?.[0] ?? null, customers: facts.customers ?? [] };
    const lines = before ? (draft.lines ?? []) : dunningLines(facts.invoices ?? [], dunning, draft.date);
    const figures = { letters: lettersOf(lines), percentDone: percentDone(lines) };
    return before ? figures : { lines, ...figures };
  },
});

function lettersOf(lines: readonly DunningRunLine[]) {
  const meant = lines.filter((line) => line.isIncluded === true && (!line.result || line.result === 'written'));
  return byLetter(meant).map((group) => {
    const [first] = group;
    const currency = first?.currency ?? '';
    return { customer: first?.customerName ?? '', currency, invoices: group.length, ...letterSums(group, currency) };
  });
}

function refuseOtherLines(before: DunningRun, draft: DunningRun): void {
  const [were, are] = [before.lines ?? [], draft.lines ?? []];
  if (were.length === are.length && were.every(({ id }) => are.some((line) => line.id === id))) return;
  throw new Refusal('wrong_state', {
    en: 'The lines of a run are what it found. Take out what is not to be reminded of; for a new search discard the run and make another.',
    de: 'Die Zeilen eines Laufs sind, was er gefunden hat. Nehmen Sie heraus, was nicht gemahnt werden soll; für eine neue Suche verwerfen Sie den Lauf und legen einen neuen an.',
  });
}
