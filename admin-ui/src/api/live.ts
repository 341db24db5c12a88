import { useEffect, useEffectEvent } from 'react';
import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';

/** A record that somebody has made, changed or taken away. */
export type LiveChange = { readonly type: string; readonly object: string; readonly id: string; readonly version: number };

type Message = { readonly metadataVersion: number; readonly changes: readonly LiveChange[] };

/** What changes in an object's records, while the page is in sight: a browser has few connections to a server, and hidden tabs would take them. */
export function useLive(object: Pick<BusinessObject, 'module' | 'name'>, onChanges: (changes: readonly LiveChange[]) => void): void {
  const hear = useEffectEvent((changes: readonly LiveChange[]) => onChanges(changes));
  const { module, name } = object;
  useEffect(() => {
    let source: EventSource | null = null;
    const follow = (): void => {
      source?.close();
      source = null;
      if (document.visibilityState === 'hidden') return;
      source = new EventSource(`/api/${module}/stream?object=${encodeURIComponent(name)}`);
      source.addEventListener('message', ({ data }) => {
        const { changes } = trusted<Message>(JSON.parse(String(data)));
        if (changes.length > 0) hear(changes);
      });
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    };
  }, [module, name]);
}
