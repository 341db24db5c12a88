import type { Query } from '../save/load.ts';

/** Two records of one object, which is named by its id. */
type Beside = { readonly object: string; readonly from: string; readonly into: string };

/** Leads what stands beside a merged record, its comments and attached files, to the record that stands for it. A file that hangs on both hangs there once. */
export async function moveBeside(query: Query, { object, from, into }: Beside): Promise<void> {
  await query({
    text: 'update platform.comment set record_id = $2::uuid where record_id = $1::uuid and object = $3',
    values: [from, into, object],
  });
  await query({
    text: `insert into platform.file_holder (file_id, object, record_id, field, by, at)
      select file_id, object, $2::uuid, field, by, at from platform.file_holder where record_id = $1::uuid and object = $3 and field = ''
      on conflict do nothing`,
    values: [from, into, object],
  });
  await query({
    text: `delete from platform.file_holder where record_id = $1::uuid and object = $2 and field = ''`,
    values: [from, object],
  });
}
