import { useEffect, useEffectEvent } from 'react';
import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';

/** A record that somebody has made, changed or taken away, or beside which something has happened. */
export type LiveChange = { readonly type: string; readonly object: string; readonly id: string; readonly version: number };

type Message = { readonly metadataVersion: number; readonly changes: readonly LiveChange[] };
type Hear = (changes: readonly LiveChange[]) => void;

const BESIDE: readonly string[] = ['CommentAdded', 'CommentEdited', 'CommentDeleted', 'UserMentioned', 'FileAttached', 'FileRemoved'];

/** Whether the record itself is another one now; comments and files leave it as it is. */
export function changesRecord({ type }: LiveChange): boolean {
  return !BESIDE.includes(type);
}

/** What happens to an object's records, while the page is in sight: a browser has few connections to a server, and hidden tabs would take them. */
export function useLive(object: Pick<BusinessObject, 'module' | 'name'>, onChanges: Hear): void {
  const hear = useEffectEvent((changes: readonly LiveChange[]) => onChanges(changes));
  const { module, name } = object;
  useEffect(() => follow(`/api/${module}/stream?object=${encodeURIComponent(name)}`, (changes) => hear(changes)), [module, name]);
}

/** One connection for all parts of a page that follow the same object. */
const followed = new Map<string, { readonly hearers: Set<Hear>; readonly end: () => void }>();

function follow(address: string, hear: Hear): () => void {
  const stream = followed.get(address) ?? open(address);
  stream.hearers.add(hear);
  return () => {
    stream.hearers.delete(hear);
    if (stream.hearers.size > 0) return;
    stream.end();
    followed.delete(address);
  };
}

function open(address: string): { hearers: Set<Hear>; end: () => void } {
  const hearers = new Set<Hear>();
  let source: EventSource | null = null;
  const begin = (): void => {
    source?.close();
    source = null;
    if (document.visibilityState === 'hidden') return;
    source = new EventSource(address);
    source.addEventListener('message', ({ data }) => {
      const { changes } = trusted<Message>(JSON.parse(String(data)));
      if (changes.length > 0) for (const hear of hearers) hear(changes);
    });
  };
  begin();
  document.addEventListener('visibilitychange', begin);
  const end = (): void => {
    document.removeEventListener('visibilitychange', begin);
    source?.close();
  };
  const stream = { hearers, end };
  followed.set(address, stream);
  return stream;
}
