import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventOf } from '#platform/messaging/fixture.ts';
import { openEventData } from './event-data.ts';
import type { ServiceAnswer } from './service-client.ts';

const event = eventOf('offer/1');
const dataref = '/api/offers/internal/events/7';

function answering(answer: Pick<ServiceAnswer, 'status' | 'body'>): ReturnType<typeof openEventData> {
  return openEventData({
    request: async (service, { path }) => {
      assert.deepEqual([service, path], ['offers', dataref], 'asked where it must not');
      return { ...answer, metadataVersion: 0 };
    },
  });
}

describe('The data of an event that travelled without them', () => {
  test('come from its producer', async () => {
    const whole = answering({ status: 200, body: { id: event.id, data: { amount: 1 } } });
    assert.deepEqual(await whole({ ...event, dataref }), { ...event, data: { amount: 1 } });
    assert.deepEqual(await whole(event), event, 'who has them needs nobody');
  });

  test('are waited for while it does not answer, and given up when it has them no more', async () => {
    await assert.rejects(answering({ status: 503, body: null })({ ...event, dataref }), { code: 'core_unreachable' });
    await assert.rejects(answering({ status: 404, body: null })({ ...event, dataref }), /has no event at/);
    await assert.rejects(answering({ status: 200, body: { id: 'another', data: {} } })({ ...event, dataref }), /has another event/);
  });

  for (const other of [
    '/api/offers/offers',
    '/api/customers/internal/events/7',
    'http://elsewhere/7',
    '/api/offers/internal/events/',
    '//7',
  ])
    test(`are not asked for at ${other}`, async () => {
      await assert.rejects(answering({ status: 200, body: null })({ ...event, dataref: other }), /No service has the data/);
    });
});
