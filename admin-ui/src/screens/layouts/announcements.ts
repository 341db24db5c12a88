import { Accessibility } from '@dnd-kit/dom';
import { useCallbackRef } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useItemLabel, type Editing } from './editing.ts';
import { PALETTE } from './layout-draft.ts';

type Named = { readonly id: string | number };

/** A step of dragging, as far as it is told. */
type Step = { readonly operation: { readonly source: Named | null; readonly target: Named | null }; readonly canceled?: boolean };

/** What is said to those who hear the page while something is dragged: by the names that people know, in their language. */
export function useAnnouncements({ object, draft }: Editing) {
  const { t, say } = useTexts();
  const itemLabel = useItemLabel(object);
  // The newest names, under one function: plugins that change begin anew.
  const nameOf = useCallbackRef((id: string | number): string => {
    const item = draft.items[id];
    if (item) return itemLabel(item);
    if (id === PALETTE) return t('layout.palette');
    const number = draft.sections.findIndex((section) => section.id === id);
    return say(draft.sections[number]?.label) || (number < 0 ? '' : t('layout.untitled', { number: number + 1 }));
  });
  return useMemo(
    () =>
      Accessibility.configure({
        screenReaderInstructions: { draggable: t('layout.dragKeys') },
        announcements: {
          dragstart: ({ operation: { source } }: Step) => (source ? t('layout.pickedUp', { item: nameOf(source.id) }) : undefined),
          dragover: ({ operation: { source, target } }: Step) => {
            const place = target && target.id !== source?.id ? nameOf(target.id) : '';
            return source && place !== '' ? t('layout.isOver', { item: nameOf(source.id), place }) : undefined;
          },
          dragend: ({ operation: { source }, canceled }: Step) =>
            source ? t(canceled === true ? 'layout.dragCanceled' : 'layout.dropped', { item: nameOf(source.id) }) : undefined,
        },
      }),
    [t, nameOf],
  );
}
