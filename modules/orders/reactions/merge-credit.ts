import { customersMerged } from '#modules/customers/events.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { mergeAccounts } from '../credit/exposure.ts';

/** What two customers owe and have ordered is owed and ordered by the one that stands for both. */
export const mergeCredit = onEvent(customersMerged, 'mergeCredit', (work, merged) => mergeAccounts(work, merged));
