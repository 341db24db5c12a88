import type { Task } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A task that nobody is named for is its owner's: of who made it. */
export const takeAssignee = defineHook<Task, Record<string, never>>({
  object: 'task',
  name: 'takeAssignee',
  derive: ({ assigneeId, ownerId }, _facts, before) => (before === null && !assigneeId && ownerId ? { assigneeId: ownerId } : {}),
});
