import { useQuery } from '@tanstack/react-query';
import type { Option } from '#platform/kernel/model.ts';
import { apiName, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle, titleFields } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { isNode, type FilterNode } from './list-state.ts';

/** More columns nobody looks at. */
const COLUMNS_MAX = 40;

/**
 * The field by which a board is drawn, with a column for each of its options. Of a reference these are the records that it leads to, in their own order: as a
 * choice of their ids, so that all else of the board need not know the difference. Null while they are read.
 */
export function useBoardField(object: BusinessObject, by: Field, filter: FilterNode | undefined): { field: Field | null; error: unknown } {
  const target = useObjects().find(({ name }) => by.type === 'lookup' && name === by.target);
  const shared = target ? sharedReferences(object, target, filter) : {};
  const read = useQuery({
    queryKey: ['board-columns', by.id, JSON.stringify(shared)],
    queryFn: async ({ signal }) => (target ? (await queryRecords(target, queryOf(target, shared), signal)).items : []),
    enabled: target !== undefined,
  });
  if (by.type !== 'lookup') return { field: by, error: null };
  if (!target || !read.data) return { field: null, error: read.error };
  const options = read.data.map((record) => optionOf(target, record));
  return { field: { ...by, name: apiName(by), type: 'select', options }, error: null };
}

/** The column's colour is that of the first choice of its record: of a stage, whether it is open, won or lost. */
function optionOf(target: BusinessObject, record: RecordValues): Option {
  const choice = choiceOf(target);
  const color = choice?.options?.find(({ key }) => key === record[choice.name])?.color;
  return { key: textOf(record['id']), label: { en: recordTitle(target, record) }, ...(color === undefined ? {} : { color }) };
}

function choiceOf(target: BusinessObject): Field | undefined {
  return target.fields.find(({ type }) => type === 'select');
}

function queryOf(target: BusinessObject, filter: FilterNode) {
  const choice = choiceOf(target);
  const fields = ['id', ...titleFields(target).map(({ name }) => name), ...(choice ? [choice.name] : [])].join(',');
  return { fields, filter, sort: target.defaultSort ?? 'createdAt', limit: COLUMNS_MAX };
}

/** What the list's filter says of references that its records and those of the columns have in common, such as the pipeline of opportunities and stages. */
function sharedReferences(object: BusinessObject, target: BusinessObject, filter: FilterNode | undefined): FilterNode {
  const shared = target.fields.filter(
    (field) => field.type === 'lookup' && object.fields.some((own) => own.name === field.name && own.target === field.target),
  );
  const also: readonly unknown[] = Array.isArray(filter?.['and']) ? filter['and'] : [];
  const parts = [filter, ...also].filter(isNode);
  const said = shared.flatMap((field) => {
    const name = apiName(field);
    const [condition] = parts.flatMap((part) => (part[name] === undefined ? [] : [part[name]]));
    return condition === undefined ? [] : [[name, condition] as const];
  });
  return Object.fromEntries(said);
}
