import type { DunningRun } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { dunningLetterDue } from '../events.ts';
import { byLetter } from '../rules/dunning-lines.ts';

/** Has the letters of a run written, each by itself: what interrupts it leaves the rest to be written later. */
export const executeRun = defineCommand<DunningRun, Record<string, never>>({
  object: 'dunning_run',
  name: 'execute',
  run: async (work, run) => {
    const lines = run.lines ?? [];
    const letters = byLetter(lines.filter((line) => line.isIncluded === true));
    if (letters.length === 0)
      throw new Refusal('wrong_state', {
        en: 'No invoice of this run is to be reminded of.',
        de: 'Keine Rechnung dieses Laufs soll gemahnt werden.',
      });
    for (const [first] of letters) {
      const { customerId = '', currency } = first ?? {};
      await work.emit(dunningLetterDue, `dunning_run/${run.id}/${customerId}`, { runId: run.id, customerId, currency: currency ?? '' });
    }
    return { values: { lines: lines.map((line) => (line.isIncluded === true ? line : { ...line, result: 'left' })) } };
  },
});
