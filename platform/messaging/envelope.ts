import { isDay } from '#platform/kernel/dates.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';

const TEXTS = ['id', 'source', 'type', 'subject', 'time', 'actor', 'correlationid'] as const;
const NUMBERS = ['objectversion', 'metadataversion'] as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a text turned out to be: an event, or the reason why it is none. */
export type Parsed = { readonly event: PlatformEvent } | { readonly problem: string };

/** Reads an event from JSON text, checking the envelope; the data are their consumer's business. */
export function parseEvent(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) ? { event: value } : { problem: problemOf(value) };
  } catch {
    return { problem: 'It is no JSON.' };
  }
}

function isEvent(value: unknown): value is PlatformEvent {
  return problemOf(value) === '';
}

/** Why a value is no event of this platform; empty when it is one. Members it does not know are let pass. */
export function problemOf(value: unknown): string {
  if (!isObject(value)) return 'It is no JSON object.';
  if (value['specversion'] !== '1.0') return 'Its specversion is not 1.0.';
  const text = TEXTS.find((name) => typeof value[name] !== 'string' || value[name] === '');
  if (text) return `Its ${text} is missing or no text.`;
  const number = NUMBERS.find((name) => !Number.isInteger(value[name]));
  if (number) return `Its ${number} is missing or no whole number.`;
  if (!UUID.test(String(value['id']))) return 'Its id is no UUID.';
  if (!String(value['source']).startsWith('/')) return 'Its source does not begin with a slash.';
  if (value['dataref'] !== undefined && typeof value['dataref'] !== 'string') return 'Its dataref is no text.';
  if (value['workdate'] !== undefined && !(typeof value['workdate'] === 'string' && isDay(value['workdate'])))
    return 'Its workdate is no day.';
  return isObject(value['data']) ? '' : 'Its data is missing or no object.';
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
