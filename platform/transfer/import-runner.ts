import type { Transaction } from '#platform/data/database.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import type { Json } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { ImportInput } from './import-input.ts';
import { rangeOf } from './import-range.ts';
import { importRecords, type ImportStep } from './import-records.ts';
import { revertImport } from './import-revert.ts';

/** The kind of a job that imports. */
export const IMPORT_KIND = 'import';

/** What an import takes of the job that carries it. */
type ImportJob = { readonly id: string; readonly input: Json; readonly checkpoint: Json; readonly step: ImportStep };

/** How imports are run as jobs. `content` reads a stored file. The input is the one that the import was enqueued with. */
export function importRunner(options: { store: Store; content: (fileId: string) => AsyncIterable<Uint8Array> }): {
  readonly kind: string;
  readonly isLong: true;
  readonly run: (job: ImportJob) => Promise<Json>;
  readonly revert: (job: ImportJob) => Promise<Json>;
} {
  const run = (job: ImportJob): Promise<Json> => {
    const input = trusted<ImportInput>(job.input);
    return importRecords({
      job: job.id,
      store: options.store,
      input,
      checkpoint: job.checkpoint,
      bytes: () => options.content(input.file),
      step: job.step,
      finish: (transaction) => letGo(transaction, { file: input.file, job: job.id }),
    });
  };
  return { kind: IMPORT_KIND, isLong: true, run, revert: (job) => takeBack(options.store, job) };
}

const ONLY_TRIED = {
  en: 'It was only tried, so there is nothing to take back.',
  de: 'Der Import wurde nur probiert, es gibt also nichts zurückzunehmen.',
};

/** The job that takes an import back. Its input is made by the route that asks for it. */
function takeBack(store: Store, job: ImportJob): Promise<Json> {
  const { job: id, input, checkpoint, caller, options } = trusted<Reverting>(job.input);
  if (input.dryRun) throw new Refusal('wrong_state', ONLY_TRIED);
  const range = rangeOf(checkpoint) ?? { from: '0', to: '0' };
  return revertImport({
    store,
    job,
    imported: { ...range, job: id, object: input.object },
    caller: { ...caller, permissions: permissionsOf(caller.roles) },
    evenChanged: options.evenChanged === true,
  });
}

type Reverting = {
  readonly job: string;
  readonly input: ImportInput;
  readonly checkpoint: Json;
  readonly caller: Omit<Caller, 'permissions'>;
  readonly options: { readonly evenChanged?: boolean };
};

/** Keeps an uploaded file until the job that reads it has ended: the job holds it as if it were a record of the object. */
export async function holdForJob(transaction: Transaction, held: { file: string; job: string; object: string; by: string }): Promise<void> {
  await transaction.query({ text: 'update platform.file set unheld_since = null where id = $1::uuid', values: [held.file] });
  await transaction.query({
    text: `insert into platform.file_holder (file_id, object, record_id, field, by) values ($1::uuid, $4, $2::uuid, '', $3)`,
    values: [held.file, held.job, held.by, held.object],
  });
}

async function letGo(transaction: Transaction, { file, job }: { file: string; job: string }): Promise<void> {
  await transaction.query({
    text: 'delete from platform.file_holder where file_id = $1::uuid and record_id = $2::uuid',
    values: [file, job],
  });
  await transaction.query({ text: 'update platform.file set unheld_since = now() where id = $1::uuid', values: [file] });
}
