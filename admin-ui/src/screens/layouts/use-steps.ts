import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import type { LayoutDraft } from './layout-draft.ts';

type Past = {
  readonly past: readonly LayoutDraft[];
  readonly draft: LayoutDraft;
  readonly future: readonly LayoutDraft[];
  readonly typing: string | undefined;
};

/** A draft with its way back and forth. */
export type Steps = {
  readonly draft: LayoutDraft;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Shows what a drag would do; null shows the draft again. */
  readonly preview: (draft: LayoutDraft | null) => void;
  /** Makes it a step. What is typed into one place, which `typing` names, is one step. */
  readonly set: (draft: LayoutDraft, typing?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
};

/** A hundred steps back are enough; older ones are forgotten. */
const STEPS_MAX = 100;

/** The draft with undo and redo, by buttons and by Ctrl-Z and Ctrl-Shift-Z. */
export function useSteps(start: LayoutDraft): Steps {
  const [steps, setSteps] = useState<Past>({ past: [], draft: start, future: [], typing: undefined });
  const [shown, preview] = useState<LayoutDraft | null>(null);
  const undo = (): void =>
    setSteps((now) => {
      const before = now.past.at(-1);
      return before ? { past: now.past.slice(0, -1), draft: before, future: [now.draft, ...now.future], typing: undefined } : now;
    });
  const redo = (): void =>
    setSteps((now) => {
      const [next, ...rest] = now.future;
      return next ? { past: [...now.past, now.draft], draft: next, future: rest, typing: undefined } : now;
    });
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ]);
  return {
    draft: shown ?? steps.draft,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    preview,
    set: (draft, typing) => {
      preview(null);
      setSteps((now) => {
        if (draft === now.draft) return now;
        const isSame = typing !== undefined && typing === now.typing;
        return { past: isSame ? now.past : [...now.past, now.draft].slice(-STEPS_MAX), draft, future: [], typing };
      });
    },
    undo,
    redo,
  };
}
