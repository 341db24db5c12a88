import type { DunningRun } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { askForLetters } from '../documents/ask-for-letters.ts';
import { withoutRest } from '../rules/dunning-lines.ts';

/** Has the letters of a run written, each by itself: what interrupts it leaves the rest to be written later. */
export const executeRun = defineCommand<DunningRun, Record<string, never>>({
  object: 'dunning_run',
  name: 'execute',
  run: async (work, run) => {
    const letters = await askForLetters(work, run);
    if (letters === 0)
      throw new Refusal('wrong_state', {
        en: 'No invoice of this run is to be reminded of.',
        de: 'Keine Rechnung dieses Laufs soll gemahnt werden.',
      });
    return { values: { lines: (run.lines ?? []).map((line) => (line.isIncluded === true ? line : { ...line, result: 'left' })) } };
  },
});

/** A run that was interrupted goes on with the letters that are not written. */
export const resumeRun = defineCommand<DunningRun, Record<string, never>>({
  object: 'dunning_run',
  name: 'resume',
  run: async (work, run) => {
    await askForLetters(work, run);
    return undefined;
  },
});

/** A run that was interrupted ends with the letters that are written. */
export const finishRun = defineCommand<DunningRun, Record<string, never>>({
  object: 'dunning_run',
  name: 'finish',
  run: (_work, run) => Promise.resolve({ values: { lines: withoutRest(run.lines ?? []) } }),
});
