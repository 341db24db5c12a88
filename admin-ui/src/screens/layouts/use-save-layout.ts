import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { LayoutDefinition } from '#platform/kernel/model.ts';
import { ask, askFor } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { layoutOf, type LayoutDraft } from './layout-draft.ts';

type Saving = {
  readonly object: BusinessObject;
  /** As it was when it began to be edited. */
  readonly base: LayoutDefinition;
  /** Shows what is in force by now, and forgets what was being edited. */
  readonly onNewest: () => void;
};

/** What is saved, and whether over what somebody else has saved meanwhile. */
export type SavedDraft = { readonly draft: LayoutDraft; readonly isOver?: boolean };

/** Puts a layout into force, unless somebody else has changed it meanwhile. What they changed elsewhere in the object is no conflict. */
export function useSaveLayout({ object, base, onNewest }: Saving): UseMutationResult<unknown, Error, SavedDraft> {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  return useMutation({
    mutationFn: async ({ draft, isOver = false }: SavedDraft) => {
      const { name: _name, ...body } = layoutOf(draft, base);
      const put = (version: string) =>
        ask(`/api/platform/objects/${object.name}/layouts/${base.name}`, { method: 'PUT', body, headers: { 'If-Match': version } });
      if (isOver) return put('*');
      const { layouts, version } = await askFor<BusinessObject>(`/api/platform/objects/${object.name}?retired=true`);
      if (isOther(base, layouts)) throw new Problem(412, { code: STALE });
      return put(`"${version}"`);
    },
    onSuccess: async () => {
      await changed();
      onNewest();
      notifyDone(t('layout.saved'));
    },
  });
}

/** Whether a layout is not any more what it was. One that nobody has drawn yet stays what it is. */
export function isOther(base: LayoutDefinition, layouts: readonly LayoutDefinition[]): boolean {
  const now = layouts.find(({ name }) => name === base.name);
  return now === undefined ? base.generated !== true : JSON.stringify(now) !== JSON.stringify(base);
}

const STALE = 'stale_version';

/** Whether it was refused because somebody else was faster. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.code === STALE;
}
