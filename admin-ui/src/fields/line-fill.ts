import { useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import { loadRecord, queryRecords, type RecordValues } from '../api/records.ts';
import { textOf } from './input-frame.ts';
import type { Row } from './line-rows.ts';

/**
 * What a record that was chosen in a row brings into the row's empty fields at once: fields of the same name (a product's unit),
 * its name as the description, its list price as the unit price unless a price list may know another, the product is sold in several units, or the
 * document is in another currency. The server fills what is left when it saves, so that nothing is lost where this cannot read.
 */
export function useLineFill(
  child: BusinessObject,
  { isForeign }: { readonly isForeign: boolean },
): (field: Field, chosen: RecordValues, row: Row) => Promise<RecordValues> {
  const objects = useObjects();
  return async (field, chosen, row) => {
    const target = objects.find((one) => one.name === field.target);
    if (!target) return {};
    const { record } = await loadRecord(target, textOf(chosen['id']));
    const open = child.fields.filter((one) => one.editable && one.system !== true && one.id !== field.id && isEmpty(row[one.name]));
    const filled = open.flatMap((one): readonly (readonly [string, unknown])[] => {
      const source = one.name === 'description' ? target.titleField : one.name;
      const isSame = target.fields.some((other) => other.name === source && other.system !== true);
      return isSame && !isEmpty(record[source]) && one.type !== 'lookup' ? [[one.name, record[source]]] : [];
    });
    const isPriced =
      open.some((one) => one.name === 'unitPrice') && !isEmpty(record['listPrice']) && !isForeign && isEmpty(record['unitFactors']);
    const price = isPriced && !(await hasPrices(objects, target, textOf(record['id']))) ? { unitPrice: record['listPrice'] } : {};
    return { ...Object.fromEntries(filled), ...price };
  };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

async function hasPrices(objects: readonly BusinessObject[], target: BusinessObject, id: string): Promise<boolean> {
  const prices = objects.find((one) => one.name === 'price');
  if (!prices || target.name !== 'product') return false;
  const { items } = await queryRecords(prices, { fields: 'id', filter: { productId: { eq: id } }, limit: 1 });
  return items.length > 0;
}
