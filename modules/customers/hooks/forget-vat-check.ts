import type { Customer } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A VAT number that was changed has not been checked, unless the day of its check came with it. */
export const forgetVatCheck = defineHook<Customer, Record<string, never>>({
  object: 'customer',
  name: 'forgetVatCheck',
  derive: (draft, _facts, before) => {
    if (before === null || (before.vatNumber ?? null) === (draft.vatNumber ?? null)) return {};
    const isSameCheck = (before.vatNumberCheckedOn ?? null) === (draft.vatNumberCheckedOn ?? null);
    const told = {
      vatCheckResult: null,
      vatCheckedAt: null,
      vatCheckNumber: null,
      vatCheckRequester: null,
      vatCheckCompanyId: null,
      vatCheckName: null,
      vatCheckAddress: null,
    };
    return isSameCheck ? { ...told, vatNumberCheckedOn: null } : told;
  },
});
