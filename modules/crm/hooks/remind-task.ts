import type { Task } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A task reminds when it is told to, else when it is due; moved to another time it reminds again. */
export const remindTask = defineHook<Task, Record<string, never>>({
  object: 'task',
  name: 'remindTask',
  derive: ({ remindAt, dueAt, remindedAt }, _facts, before) => {
    const noticeAt = remindAt ?? dueAt ?? null;
    return { noticeAt, remindedAt: noticeAt === (before?.noticeAt ?? null) ? (remindedAt ?? null) : null };
  },
});
