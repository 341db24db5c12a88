import { moduleOf, type PlatformEvent } from '#platform/kernel/event.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';

/** The topic of an event, which is its routing key: `customers.CustomerCreated`. */
export function topicOf(event: PlatformEvent): string {
  return `${moduleOf(event)}.${event.type}`;
}

/** Whether a topic fits one of the patterns, by AMQP's rules: `*` is one word, `#` any number of them. The answer is remembered per list of patterns. */
export function matches(patterns: readonly string[], topic: string): boolean {
  const topics = known.get(patterns) ?? new Map<string, boolean>();
  known.set(patterns, topics);
  const found = topics.get(topic);
  if (found !== undefined) return found;
  const words = topic.split('.');
  const made = patterns.some((pattern) => pattern === topic || fits(pattern.split('.'), words));
  topics.set(topic, made);
  return made;
}

/** Topics are the types of events: a few per object. */
const known = new WeakMap<readonly string[], Map<string, boolean>>();

function fits(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return words.some((_, index) => fits(rest, words.slice(index))) || fits(rest, []);
  return words.length > 0 && (first === '*' || first === words[0]) && fits(rest, words.slice(1));
}

/** The topics of an object's record events: `customers.CustomerCreated`, `…Updated`, `…Deleted`. */
export function recordTopics(object: Pick<ObjectDefinition, 'module' | 'name'>): readonly string[] {
  const name = object.name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return ['Created', 'Updated', 'Deleted'].map((verb) => `${object.module}.${name}${verb}`);
}
