/** What this process tells to somebody who follows: it would never end by itself, so that a stop would wait for it in vain. */
const open = new Set<AbortController>();

/** A signal for one more stream: aborted when the client has gone or the process stops. `close` when it has ended. */
export function openStream(): { readonly signal: AbortSignal; readonly close: () => void } {
  const controller = new AbortController();
  open.add(controller);
  return {
    signal: controller.signal,
    close: () => {
      controller.abort();
      open.delete(controller);
    },
  };
}

/** Ends all streams. */
export function endStreams(): void {
  for (const controller of open) controller.abort();
  open.clear();
}
