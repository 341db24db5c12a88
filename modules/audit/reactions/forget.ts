import { isList, plainText } from '#platform/kernel/json.ts';
import { on } from '#platform/kernel/module.ts';

/** What of a record was erased where it lives is erased from what its events carry here, up to then. */
export const forget = on('*', 'PersonalDataErased', 'forget', async (work, { data, time }) => {
  const fields: unknown = data['fields'];
  await work.eventStore.erase(plainText(data['id']), isList(fields) ? fields.map(plainText) : [], time);
});
