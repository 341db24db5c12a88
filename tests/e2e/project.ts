import type { Visit } from '#tests/support/browser.ts';

/** A project with tasks that refer to it, which sales people see without its budget. */
export async function makeProject({ installation: { admin } }: Visit): Promise<string> {
  await admin.post('/api/platform/objects', {
    name: 'project',
    label: { en: 'Project', de: 'Projekt' },
    pluralLabel: { en: 'Projects', de: 'Projekte' },
    module: 'customers',
    collection: 'projects',
    titleField: 'name',
    access: { sales: { read: true, edit: true } },
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true, access: { read: ['sales'], edit: ['sales'] } },
      { name: 'stage', label: 'Stage', type: 'select', options: ['idea', 'running'], access: { read: ['sales'], edit: ['sales'] } },
      { name: 'budget', label: 'Budget', type: 'decimal', scale: 2, access: { read: [], edit: [] } },
      { name: 'start', label: 'Start', type: 'date', access: { read: ['sales'], edit: [] } },
      { name: 'goal', label: 'Goal', type: 'text', required: true, access: { read: ['sales'], edit: ['sales'] } },
    ],
  });
  await admin.post('/api/platform/objects', {
    name: 'step',
    label: 'Step',
    pluralLabel: 'Steps',
    module: 'customers',
    collection: 'steps',
    titleField: 'name',
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true },
      { name: 'effort', label: 'Effort', type: 'integer' },
      { name: 'project', label: 'Project', type: 'lookup', target: 'project' },
    ],
  });
  const { body } = await admin.post('/api/customers/projects', { name: 'Harbour', stage: 'idea', budget: '1200', goal: 'Ships' });
  for (const effort of [3, 9, 5]) await admin.post('/api/customers/steps', { name: `Step ${effort}`, effort, projectId: body.id });
  return body.id;
}
