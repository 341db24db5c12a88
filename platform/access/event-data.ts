import { Refusal } from '#platform/kernel/errors.ts';
import { moduleOf, type PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { serviceNamed } from '#platform/kernel/services.ts';
import { dataRefOf } from '#platform/messaging/event-data.ts';
import type { ServiceClient } from './service-client.ts';

/** Completes an event that travelled without its data, by asking its producer. Refuses with `core_unreachable` while that does not answer. */
export function openEventData(client: Pick<ServiceClient, 'request'>): (event: PlatformEvent) => Promise<PlatformEvent> {
  return async ({ dataref, ...event }) => {
    if (dataref === undefined) return event;
    const producer = serviceNamed(moduleOf(event))?.name;
    const position = /\d+$/.exec(dataref)?.[0];
    // Only this one address: an event must not be able to have us call another.
    if (producer === undefined || position === undefined || dataref !== dataRefOf(producer, position))
      throw new Error(`No service has the data at ${dataref}.`);
    const { status, body } = await client.request(producer, { method: 'GET', path: dataref });
    if (status === 404) throw new Error(`The service ${producer} has no event at ${dataref}.`);
    if (status !== 200 || !isRecord(body))
      throw new Refusal('core_unreachable', `The service ${producer} answered ${status} for the data of an event.`, {
        retryAfterSeconds: 2,
      });
    if (body['id'] !== event.id) throw new Error(`The service ${producer} has another event at ${dataref}.`);
    return { ...event, data: trusted<PlatformEvent['data']>(body['data']) };
  };
}
