import { defineModule, fromTheBeginning } from '#platform/kernel/module.ts';
import * as events from './events.ts';
import { prepareMonths } from './jobs/prepare-months.ts';
import { storeEvents } from './reactions/store-events.ts';

/** Audit: what has happened in all services, kept so that nobody can change it unseen. */
export const audit = defineModule({
  name: 'audit',
  storesEvents: true,
  objects: ['event'],
  events: Object.values(events),
  reactions: [fromTheBeginning(storeEvents)],
  jobs: [prepareMonths],
});
