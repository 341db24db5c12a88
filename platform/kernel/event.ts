import type { Json } from './model.ts';

/**
 * An event as it travels: CloudEvents 1.0 in JSON, with the extensions of this platform.
 * `source` is `/offers`, `type` `OfferCreated`, `subject` `offer/<record id>`.
 * A record event's data is `{record, changed: {field: {old, new}}}`, children inside the record.
 * One of more than 256 KB travels with empty data and `dataref`, the address at which its producer has them for other services.
 */
export type PlatformEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: { readonly [key: string]: Json };
  readonly dataref?: string;
  readonly actor: string;
  readonly correlationid: string;
  readonly causationid?: string;
  /** The day on which who made it worked, where that was not the day of `time`: what follows is dated on it. */
  readonly workdate?: string;
  readonly objectversion: number;
  readonly metadataversion: number;
};

/** The module an event comes from: `/offers` → `offers`. */
export function moduleOf(event: PlatformEvent): string {
  return event.source.slice(1);
}
