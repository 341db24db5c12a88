import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { attachFile, detachFile, loadAttachments, type Attachment } from '#admin-ui/src/api/beside.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { uploadFile } from '#admin-ui/src/fields/upload.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';

/** The files of a record, and what can be done with them. */
export type Attachments = {
  readonly items: readonly Attachment[];
  readonly mayChange: boolean;
  /** How far an upload has come, from 0 to 1; null when none is under way. */
  readonly share: number | null;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: string) => void;
};

export function useAttachments(object: BusinessObject, id: string): Attachments {
  const { t } = useTexts();
  const client = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const answer = useQuery({
    queryKey: ['attachments', object.name, id],
    queryFn: ({ signal }) => loadAttachments(object, id, signal),
    enabled: object.features.attachments !== false && object.parent === undefined,
  });
  const changed = (): void => {
    void client.invalidateQueries({ queryKey: ['attachments', object.name, id] });
    void client.invalidateQueries({ queryKey: ['timeline', object.name, id] });
  };
  const addAll = async (files: readonly File[]): Promise<void> => {
    for (const [position, file] of files.entries()) {
      try {
        const stored = await uploadFile(object.module, file, (part) => setShare((position + part) / files.length));
        await attachFile(object, id, stored.id);
      } catch (error) {
        notifyFailure(error instanceof Problem && error.status !== 0 ? error : new Error(t('files.failed', { name: file.name })));
      }
    }
    setShare(null);
    changed();
  };
  return {
    items: answer.data?.items ?? [],
    mayChange: object.permissions.edit,
    share,
    add: (files) => {
      if (files.length === 0 || share !== null) return;
      setShare(0);
      void addAll(files);
    },
    remove: (file) => void detachFile(object, id, file).catch(notifyFailure).finally(changed),
  };
}
