import type { Task } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';
import { taskDue } from '../events.ts';

/** So many at a time; what is left over waits for the next time. */
const TASKS_MAX = 500;

/** Tasks whose time has come are told, once for each time that they are due. */
export const remind: Job = {
  name: 'remind',
  schedule: '* * * * *',
  run: async (work) => {
    const filter = { status: 'open', remindedAt: { isNull: true }, noticeAt: { lte: work.now } };
    const due = await work.query<Task>('task', { filter, fields: 'id', sort: 'noticeAt', limit: TASKS_MAX });
    for (const { id } of due) {
      const task = await work.lock<Task>('task', id);
      if (task.status !== 'open' || task.remindedAt || !task.noticeAt || task.noticeAt > work.now) continue;
      await work.save('task', { id, remindedAt: work.now });
      const told = { taskId: id, name: task.name, dueAt: task.dueAt ?? task.noticeAt, assigneeId: task.assigneeId ?? null };
      await work.emit(taskDue, `task/${id}`, told);
    }
  },
};
