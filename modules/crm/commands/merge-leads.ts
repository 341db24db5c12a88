import type { Lead } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { leadsMerged } from '../events.ts';

type Input = { otherId: string; take?: readonly string[] };

/** Merges another lead into this one: its activities and tasks, and the values that are asked for. What has become a customer goes into nothing else. */
export const mergeLeads = defineCommand<Lead, Input>({
  object: 'lead',
  name: 'merge',
  run: async (work, lead, { otherId, take = [] }) => {
    if ((await work.survivor(otherId)) === lead.id) return undefined;
    if (lead.id === otherId.toLowerCase())
      throw new Refusal('conflict', {
        en: 'A lead cannot be merged into itself. Choose another one.',
        de: 'Ein Lead kann nicht mit sich selbst zusammengeführt werden. Wählen Sie einen anderen.',
      });
    const other = await work.lock<Lead>('lead', otherId);
    if (other.status === 'converted')
      throw new Refusal('conflict', {
        en: 'The other lead has become a customer. Merge this one into it instead.',
        de: 'Der andere Lead ist schon Kunde geworden. Führen Sie stattdessen diesen mit ihm zusammen.',
      });
    const taken = await work.merge('lead', { from: other.id, into: lead.id, take });
    await work.emit(leadsMerged, `lead/${lead.id}`, { survivorId: lead.id, mergedId: other.id });
    return { values: taken };
  },
});
