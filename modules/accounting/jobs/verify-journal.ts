import type { JournalCheck } from '#metadata/records.gen.ts';
import type { ChainVerdict } from '#platform/kernel/chain-verdict.ts';
import type { Begin, Job, Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { journalChainBroken } from '../events.ts';

/** Every night the chain of entries is followed from its beginning; what was found is kept, and told where an entry is not as it was posted. */
export const verifyJournal: Job = {
  name: 'verifyJournal',
  schedule: '20 3 * * *',
  steps: async (begin) => {
    const verdict = await followed(begin);
    await begin((work) => keep(work, verdict));
  },
};

/** A few thousand entries in each transaction, so that none is long. */
async function followed(begin: Begin): Promise<ChainVerdict> {
  let after: number | null = 0;
  for (;;) {
    const place: number = after;
    const verdict = await begin((work) => work.verifyChain('journal_entry', place));
    after = verdict.next;
    if (after === null) return verdict;
  }
}

async function keep(work: Work, { length, verified, fault }: ChainVerdict): Promise<void> {
  const checkId = uuidV7();
  await work.create<JournalCheck>('journal_check', checkId, {
    status: fault ? 'broken' : 'whole',
    asOf: work.now,
    length,
    verified,
    reason: fault?.reason ?? null,
    entryId: fault?.id ?? null,
  });
  if (!fault) return;
  const { reason, position, id: entryId, title: number } = fault;
  await work.emit(journalChainBroken, `journal_check/${checkId}`, { checkId, reason, position, entryId, number, length, verified });
}
