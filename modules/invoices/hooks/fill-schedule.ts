import type { Invoice, PaymentTerms } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { draftSchedule } from '../rules/payment-schedule.ts';
import { termsOf } from '../rules/terms.ts';

/** Which of the terms a draft gets is known only when other hooks have filled it; there are few of them. */
const TERMS_MAX = 200;

/** The payment schedule of a draft, and its due date, which is the last day of it. */
export const fillSchedule = defineHook<Invoice, { terms: readonly PaymentTerms[] }>({
  object: 'invoice',
  name: 'fillSchedule',
  needs: (draft) => {
    if (draft.status !== 'draft') return {};
    if (draft.paymentTermsId) return { terms: { object: 'payment_terms', filter: { id: draft.paymentTermsId } } };
    return { terms: { object: 'payment_terms', sort: 'name', limit: TERMS_MAX } };
  },
  derive: (draft, facts, before) => {
    if (draft.status !== 'draft') return {};
    return draftSchedule(draft, before, termsOf(facts.terms?.find((terms) => terms.id === draft.paymentTermsId)));
  },
});
