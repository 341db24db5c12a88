import type { EventDefinition } from '#platform/kernel/module.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { SUBJECTS, subjects } from './subjects.ts';

/** An event that rules can name. That of a record has no fields of its own: it says what the record is. */
export type NamedEvent = {
  readonly type: string;
  readonly schema: EventDefinition['schema'] | null;
  /** The services that tell it. */
  readonly modules: readonly string[];
};

/** By their names. */
export type NamedEvents = ReadonlyMap<string, NamedEvent>;

/** Messages are events too, so these, which tell that there were events, would never end. */
export const ENDLESS: readonly string[] = ['EventStored', 'HeadAnchored'];

/** The events that rules can name: those that services declare, and what happens to the records that rules can be about. */
export function namedEvents(declared: readonly EventDefinition[]): NamedEvents {
  const named = new Map<string, NamedEvent>();
  for (const { type, module, schema } of declared) {
    if (ENDLESS.includes(type)) continue;
    named.set(type, { type, schema, modules: [...(named.get(type)?.modules ?? []), module] });
  }
  for (const { event, module } of subjects().map((name) => SUBJECTS[name]))
    for (const verb of ['Created', 'Updated']) named.set(`${event}${verb}`, { type: `${event}${verb}`, schema: null, modules: [module] });
  return named;
}

/** The fields that an event declares, with the JSON Schema of each. */
export function fieldsOfEvent({ schema }: NamedEvent): ReadonlyMap<string, { readonly [key: string]: unknown }> {
  const properties = schema?.['properties'];
  const entries = isRecord(properties) ? Object.entries(properties) : [];
  return new Map(entries.flatMap(([name, about]) => (isRecord(about) ? [[name, about] as const] : [])));
}

/** That there is no event of this name, or none that rules may name. */
export function unknownEvent(name: unknown, events: NamedEvents): Sentence {
  const shown = plainText(name).slice(0, 80);
  if (ENDLESS.includes(shown))
    return {
      en: `No rule can be about ${shown}: each message is an event itself, so there would be no end of them.`,
      de: `Über ${shown} kann keine Regel sein: Jede Nachricht ist selbst ein Ereignis, so nähme es kein Ende.`,
    };
  const near = nearest(shown, events.keys());
  return {
    en: `There is no event ${shown}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    de: `Ein Ereignis ${shown} gibt es nicht.${near === undefined ? '' : ` Meinten Sie ${near}?`}`,
  };
}
