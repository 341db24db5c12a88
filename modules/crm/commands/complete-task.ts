import type { Task } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { taskCompleted } from '../events.ts';

/** A task is done; what came of it is kept with its notes. */
export const complete = defineCommand<Task, { outcome?: string }>({
  object: 'task',
  name: 'complete',
  run: async (work, task, { outcome }) => {
    const completedById = work.caller.userId ?? null;
    const told = { taskId: task.id, name: task.name, assigneeId: task.assigneeId ?? null, completedById };
    await work.emit(taskCompleted, `task/${task.id}`, told);
    const notes = outcome ? [task.notes, outcome].filter(Boolean).join('\n\n') : (task.notes ?? null);
    return { values: { completedAt: work.now, completedById, notes } };
  },
});

/** A task that was done or dropped is to be done again. */
export const reopenTask = defineCommand<Task, Record<string, never>>({
  object: 'task',
  name: 'reopen',
  run: () => Promise.resolve({ values: { completedAt: null, completedById: null } }),
});
