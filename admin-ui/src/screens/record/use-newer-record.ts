import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '#admin-ui/src/api/live.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';

type Options = {
  readonly object: BusinessObject;
  readonly id: string;
  readonly version: number;
  readonly isDirty: boolean;
  readonly reload: () => Promise<unknown>;
};

/** Reads the record again, and what refers to it, when somebody has changed it. With unsaved input it stays as it is, and the answer says that there is a newer one. */
export function useNewerRecord({ object, id, version, isDirty, reload }: Options): boolean {
  const [newest, setNewest] = useState(version);
  const client = useQueryClient();
  useLive(object, (changes) => {
    const own = changes.filter((change) => change.id === id).map((change) => change.version);
    const latest = Math.max(newest, ...own);
    if (latest <= version) return;
    setNewest(latest);
    void client.invalidateQueries({ queryKey: ['related'] });
    if (!isDirty) void reload().catch(() => undefined);
  });
  return newest > version;
}
