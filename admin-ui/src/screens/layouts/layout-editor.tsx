import { move } from '@dnd-kit/helpers';
import { DragDropProvider } from '@dnd-kit/react';
import { StyleInjector } from '@dnd-kit/dom';
import { VisuallyHidden } from '@mantine/core';
import { useCallback, type ComponentProps } from 'react';
import { hasSections } from '#platform/kernel/layouts.ts';
import { nonce } from '#admin-ui/src/nonce.ts';
import { useAnnouncements } from './announcements.ts';
import { Canvas, MAIN, SIDE } from './canvas.tsx';
import type { Editing } from './editing.ts';
import { arranged, sectionsOn, sideSections, type LayoutDraft } from './layout-draft.ts';
import { Palette } from './palette.tsx';
import { Properties } from './properties.tsx';

type Customize = Extract<ComponentProps<typeof DragDropProvider>['plugins'], (...given: never[]) => unknown>;
type Plugins = Parameters<Customize>[0];
type DragEvent = Parameters<typeof move>[1];

/** Fields at the left, the page in the middle, at the right what can be said about what was chosen; by pointer and by keys. */
export function LayoutEditor({ editing, said }: { readonly editing: Editing; readonly said: string }) {
  const { draft, page, tab, onPreview, onChange } = editing;
  const isOfColumns = !hasSections(page);
  const announcements = useAnnouncements(editing);
  // One function as long as nothing changes: the plugins would begin anew with each rendering, in the middle of a sentence.
  const plugins = useCallback((defaults: Plugins) => [...defaults, StyleInjector.configure({ nonce }), announcements], [announcements]);
  const after = (event: DragEvent): LayoutDraft => {
    if (event.operation.source?.type !== 'section') return { ...draft, zones: move(mutable(draft.zones), event) };
    const groups = { [MAIN]: idsOf(sectionsOn(draft, tab)), [SIDE]: idsOf(sideSections(draft)) };
    const moved = move(groups, event);
    return arranged(draft, { main: moved[MAIN], side: moved[SIDE], tab });
  };
  return (
    <DragDropProvider
      plugins={plugins}
      onDragOver={(event) => onPreview(after(event))}
      onDragEnd={(event) => (event.canceled ? onPreview(null) : onChange(after(event)))}
    >
      <div className="layout-editor">
        <Palette editing={editing} />
        <Canvas editing={editing} isOfColumns={isOfColumns} />
        <Properties editing={editing} isOfColumns={isOfColumns} />
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </DragDropProvider>
  );
}

function idsOf(sections: readonly { readonly id: string }[]): string[] {
  return sections.map((section) => section.id);
}

/** dnd-kit's move takes arrays it may change. */
function mutable(zones: LayoutDraft['zones']): { [zone: string]: string[] } {
  return Object.fromEntries(Object.entries(zones).map(([zone, keys]) => [zone, [...keys]]));
}
