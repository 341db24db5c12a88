import type { RecordValues } from '#platform/kernel/module.ts';

/** A filter for what belongs to a company; to one of them, the first, belongs what names none. Null: everything. */
export function ofCompany(id: string | null, isFirst: boolean): RecordValues {
  if (id === null) return {};
  return isFirst ? { or: [{ companyId: id }, { companyId: { isNull: true } }] } : { companyId: id };
}
