import { isRecord } from '#platform/kernel/is-record.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** The records that these events say were issued by a command just now, each with its event. */
export function issuedBy<R>(
  events: readonly PlatformEvent[],
  command: string,
): readonly { readonly record: R; readonly event: PlatformEvent }[] {
  return events.flatMap((event) => {
    const { record, command: done } = event.data;
    return done === command && isRecord(record) ? [{ record: trusted<R>(record), event }] : [];
  });
}
