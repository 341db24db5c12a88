import { notifications } from '@mantine/notifications';
import { Problem } from '../api/problem.ts';

/** Says that something worked; it goes away by itself. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4000 });
}

/** Says what did not work, in the server's own sentence; it stays until it is closed. */
export function notifyFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Problem && error.status >= 500 && error.traceId !== undefined ? ` (${error.traceId})` : '';
  notifications.show({ message: `${message}${trace}`, color: 'red', autoClose: 10_000, role: 'alert' });
}
