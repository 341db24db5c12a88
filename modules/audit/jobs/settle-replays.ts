import type { Replay } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';

const REPLAYS_MAX = 200;

/** A replay whose job was cancelled or has failed says so, and what it had rebuilt goes. */
export const settleReplays: Job = {
  name: 'settleReplays',
  schedule: '*/5 * * * *',
  run: async (work) => {
    const running = await work.query<Replay>('replay', { filter: { state: 'running' }, limit: REPLAYS_MAX });
    const held = new Set<string>();
    for (const { id, job } of running) {
      if (job && (await work.isJobOver(job))) await work.save('replay', { id, state: 'stopped', endedAt: work.now });
      else held.add(id);
    }
    for (const id of await work.eventStore.shadows()) if (!held.has(id)) await work.eventStore.shadow(id).drop();
  },
};
