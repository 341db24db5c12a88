import type { Address } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** An address that nobody has named goes by its street and city, also when it moves. */
export const nameAddress = defineHook<Address, Record<string, never>>({
  object: 'address',
  name: 'nameAddress',
  derive: (draft, _facts, before) => {
    const isOwn = Boolean(draft.name) && draft.name !== madeName(before);
    return isOwn ? {} : { name: madeName(draft) };
  },
});

function madeName(address: Pick<Address, 'address'> | null): string | null {
  const { street, city, country } = address?.address ?? {};
  const parts = [street, city].filter(Boolean);
  return (parts.length > 0 ? parts.join(', ') : (country ?? '')).slice(0, 255) || null;
}
