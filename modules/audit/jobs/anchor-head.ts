import type { Event } from '#metadata/records.gen.ts';
import type { Job, Work } from '#platform/kernel/module.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { headAnchored } from '../events.ts';
import { anchorText, sealOf } from '../rules/seal.ts';

/** Tells, under a seal, how far the chain has come since the last time; the core keeps it. That it was told is nothing that has happened. */
export const anchorHead = (sealingKey: Uint8Array<ArrayBuffer>): Job => ({
  name: 'anchorHead',
  schedule: '*/10 * * * *',
  run: async (work) => {
    if (!(await hasNews(work))) return;
    const { position, hash } = await work.eventStore.end();
    const anchor = { position, hash };
    await work.emit(headAnchored, `event-store/${position}`, { ...anchor, seal: await sealOf(sealingKey, anchorText(anchor)) });
  },
});

async function hasNews(work: Work): Promise<boolean> {
  const [last] = await work.query<Event>('event', { filter: { type: headAnchored.type }, fields: 'data', sort: '-time', limit: 1 });
  const position = isRecord(last?.data) ? plainText(last.data['position']) : '0';
  const news = { filter: { position: { gt: position }, source: { ne: '/audit' } }, fields: 'id', limit: 1 };
  return (await work.query('event', news)).length > 0;
}
