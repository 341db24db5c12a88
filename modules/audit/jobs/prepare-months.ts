import type { Job } from '#platform/kernel/module.ts';

const MONTHS_AHEAD = 2;

/** The tables of the months to come are there before their first event. */
export const prepareMonths: Job = {
  name: 'prepareMonths',
  schedule: '40 3 * * *',
  run: (work) => work.eventStore.prepareMonths(MONTHS_AHEAD),
};
