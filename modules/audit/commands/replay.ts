import type { Replay } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineCommand, type CommandResult, type Work } from '#platform/kernel/module.ts';
import { SERVICES, serviceNamed } from '#platform/kernel/services.ts';

/** Has a range of events delivered once more to one service. */
export const deliverAgain = defineCommand<Record<string, never>, { consumer: string; from: string; until: string }>({
  object: 'replay',
  name: 'deliver',
  run: async (work, _record, { consumer, from, until }) => {
    if (!serviceNamed(consumer)) {
      const names = SERVICES.map(({ name }) => name).join(', ');
      throw wrong('consumer', { en: `Name one of the services: ${names}.`, de: `Nennen Sie einen der Dienste: ${names}.` });
    }
    if (BigInt(until) < BigInt(from))
      throw wrong('until', { en: 'The range ends before it begins.', de: 'Der Bereich endet vor seinem Beginn.' });
    return begun(work, { kind: 'deliver', consumer, from, until });
  },
});

/** Has the records of an object rebuilt from their events, and compared with those that are there. */
export const compareRecords = defineCommand<Record<string, never>, { object: string }>({
  object: 'replay',
  name: 'compare',
  run: async (work, _record, { object }) => {
    const told = await work.query('event', { filter: { object }, fields: 'id', limit: 1 });
    if (told.length === 0)
      throw wrong('object', { en: 'No event tells of records of this name.', de: 'Von Datensätzen dieses Namens erzählt kein Ereignis.' });
    return begun(work, { kind: 'compare', object });
  },
});

async function begun(work: Work, values: Partial<Replay>): Promise<CommandResult> {
  const replay = await work.save<Replay>('replay', { ...values, state: 'running' });
  await work.save('replay', { id: replay.id, job: await work.startJob('runReplay', { replay: replay.id }) });
  return { created: [{ object: 'replay', id: replay.id }] };
}

function wrong(field: string, sentence: { readonly en: string; readonly de: string }): Error {
  return invalidValues([{ pointer: `/${field}`, field, rule: 'wrong', message: sentence.en, sentence }]);
}
