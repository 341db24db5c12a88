import { useCallback, useEffect, useMemo, useState, type Dispatch, type SetStateAction } from 'react';
import { useMe } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { draftAt, forgetDraft, keepDraft } from './drafts.ts';

/** Input that waits to be taken up again, or to be thrown away. */
export type OfferedDraft = { readonly restore: () => void; readonly discard: () => void };

type Typing = {
  readonly typed: RecordValues;
  readonly setTyped: Dispatch<SetStateAction<RecordValues>>;
  readonly isRestored: boolean;
  readonly offered: OfferedDraft | null;
  /** Forgets what was typed, here and in the browser. */
  readonly forget: () => void;
};

/**
 * What somebody types on a page, kept in their browser under their own name until it is saved. What is found for the version that is
 * there is taken up at once; what was meant for another one is offered.
 */
export function useDraft(page: string, base: RecordValues): Typing {
  const user = useMe().user.id ?? '';
  const version = typeof base['version'] === 'number' ? base['version'] : null;
  const place = useMemo(() => ({ user, page }), [user, page]);
  const [found] = useState(() => draftAt(place));
  const isOld = found !== null && found.version !== version;
  const [typed, setTyped] = useState<RecordValues>(() => (found !== null && !isOld ? found.changes : {}));
  const [isRestored, setRestored] = useState(found !== null && !isOld);
  const [waiting, setWaiting] = useState<RecordValues | null>(() => (isOld ? found.changes : null));
  useEffect(() => {
    if (Object.keys(typed).length > 0) keepDraft(place, { changes: typed, version });
  }, [typed, place, version]);
  const forget = useCallback(() => {
    setTyped({});
    setRestored(false);
    setWaiting(null);
    forgetDraft(place);
  }, [place]);
  const restore = (): void => {
    setTyped((before) => ({ ...waiting, ...before }));
    setRestored(true);
    setWaiting(null);
  };
  const discard = (): void => {
    setWaiting(null);
    if (Object.keys(typed).length === 0) forgetDraft(place);
  };
  return { typed, setTyped, isRestored, offered: waiting === null ? null : { restore, discard }, forget };
}
