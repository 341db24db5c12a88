import type { Replay } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { LongJob } from '#platform/kernel/long-job.ts';
import { compareWithEvents } from './compare-with-events.ts';
import { deliver } from './deliver.ts';

/** Delivers events again, or rebuilds records beside the live ones and compares. */
export const runReplay: LongJob = {
  name: 'runReplay',
  run: async (job) => {
    const id = isRecord(job.input) ? plainText(job.input['replay']) : '';
    const replay = await job.begin((work) => work.lock<Replay>('replay', id));
    if (replay.state !== 'running') return null;
    const outcome = replay.kind === 'deliver' ? await deliver(job, replay) : await compareWithEvents(job, replay);
    await job.begin(async (work) => {
      await work.save('replay', { id, endedAt: work.now, ...outcome });
      await work.eventStore.shadow(id).drop();
    });
    return { replay: id };
  },
};
