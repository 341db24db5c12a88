import type { Query } from '../save/load.ts';

/** Leads what stands beside a merged record, its comments and attached files, to the record that stands for it. A file that hangs on both hangs there once. */
export async function moveBeside(query: Query, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  await query({ text: 'update platform.comment set record_id = $2::uuid where record_id = $1::uuid', values: [from, into] });
  await query({
    text: `insert into platform.file_holder (file_id, object, record_id, field, by, at)
      select file_id, object, $2::uuid, field, by, at from platform.file_holder where record_id = $1::uuid and field = ''
      on conflict do nothing`,
    values: [from, into],
  });
  await query({ text: `delete from platform.file_holder where record_id = $1::uuid and field = ''`, values: [from] });
}
