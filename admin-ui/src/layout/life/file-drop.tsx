import { useState, type DragEvent, type ReactNode } from 'react';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = { readonly onFiles: ((files: readonly File[]) => void) | null; readonly children: ReactNode };

/** Takes files that are dropped anywhere inside, but for those that a field inside has taken already. */
export function FileDrop({ onFiles, children }: Props) {
  const { t } = useTexts();
  const [isOver, setOver] = useState(false);
  const takes = (event: DragEvent): boolean => onFiles !== null && !event.defaultPrevented && event.dataTransfer.types.includes('Files');
  return (
    <div
      className="file-drop-area"
      onDragOver={(event) => {
        const isTaken = takes(event);
        setOver(isTaken);
        if (isTaken) event.preventDefault();
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!takes(event)) return;
        event.preventDefault();
        onFiles?.(Array.from(event.dataTransfer.files));
      }}
    >
      {children}
      {isOver && <div className="file-drop">{t('files.dropHere')}</div>}
    </div>
  );
}
