import type { DunningRun } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { dunningLetterDue } from '../events.ts';
import { byLetter, isWaiting } from '../rules/dunning-lines.ts';

/** Has the letters of a run that are not written yet written, each by itself. Answers how many there are. */
export async function askForLetters(work: Work, run: DunningRun): Promise<number> {
  const letters = byLetter((run.lines ?? []).filter(isWaiting));
  for (const [first] of letters) {
    const { customerId = '', currency } = first ?? {};
    await work.emit(dunningLetterDue, `dunning_run/${run.id}/${customerId}`, { runId: run.id, customerId, currency: currency ?? '' });
  }
  return letters.length;
}
