import type { KeyboardEvent } from 'react';

const STEPS: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1 };

/** From the head of a group the arrows go to the next and the one before; right opens it, left closes it, and of a closed one goes to the group that it is in. */
export function moveAmongGroups(event: KeyboardEvent<HTMLElement>): void {
  const heads = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.group-toggle')];
  const at = heads.findIndex((head) => head === event.target);
  const head = heads[at];
  const next = head && targetOf(event.key, heads, at);
  if (!next) return;
  event.preventDefault();
  if (next === head) head.click();
  else next.focus();
}

/** Where a key leads from a head; the head itself where it opens or closes it. */
function targetOf(key: string, heads: readonly HTMLButtonElement[], at: number): HTMLButtonElement | undefined {
  const step = STEPS[key];
  if (step !== undefined) return heads[at + step];
  const head = heads[at];
  const isOpen = head?.ariaExpanded === 'true';
  if (key === 'ArrowRight') return isOpen ? heads[at + 1] : head;
  if (key !== 'ArrowLeft') return undefined;
  return isOpen ? head : heads.slice(0, at).findLast((one) => depthOf(one) < depthOf(head));
}

function depthOf(head: HTMLElement | undefined): number {
  return Number(head?.dataset['depth'] ?? 0);
}
