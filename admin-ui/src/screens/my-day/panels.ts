import type { TextKey } from '#admin-ui/src/i18n/index.ts';
import type { FilterNode } from '../list/list-state.ts';

/** A part of the day: records of one object that are mine and want something today. */
export type Panel = {
  readonly object: string;
  readonly title: TextKey;
  readonly filter: FilterNode;
  /** The field that says until when, or when; it sorts them. */
  readonly at: string;
  /** What stands below a title: the first that is there. */
  readonly about: readonly string[];
  /** The command that takes a record off the list. */
  readonly command?: string;
};

/** What a day is made of, in the order in which one looks at it. */
export const PANELS: readonly Panel[] = [
  {
    object: 'task',
    title: 'myDay.tasks',
    filter: { assigneeId: { eq: '$me' }, status: { eq: 'open' }, dueAt: { lt: 'tomorrow' } },
    at: 'dueAt',
    about: ['customer.name', 'opportunity.name', 'lead.name'],
    command: 'complete',
  },
  {
    object: 'activity',
    title: 'myDay.activities',
    filter: { ownerId: { eq: '$me' }, state: { eq: 'planned' }, startsAt: { gte: 'today', lt: 'tomorrow' } },
    at: 'startsAt',
    about: ['customer.name', 'opportunity.name', 'lead.name'],
  },
  {
    object: 'opportunity',
    title: 'myDay.opportunities',
    filter: { ownerId: { eq: '$me' }, status: { eq: 'open' }, rotsOn: { lte: 'today' } },
    at: 'rotsOn',
    about: ['nextStep', 'customer.name'],
  },
  {
    object: 'lead',
    title: 'myDay.leads',
    filter: { ownerId: { eq: '$me' }, status: { in: ['new', 'contacted', 'qualified'] }, firstRespondedAt: { isNull: true } },
    at: 'responseDueAt',
    about: ['companyName', 'email', 'phone'],
  },
];
