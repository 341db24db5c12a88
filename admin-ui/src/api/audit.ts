import { askFor, trusted } from './client.ts';
import { queryRecords } from './records.ts';

const EVENTS = { module: 'audit', collection: 'events' } as const;
/** The same, an entry for each record that an event is about or names. */
const EVENTS_OF_RECORDS = { module: 'audit', collection: 'events-of-records' } as const;
const RUNS = { module: 'audit', collection: 'compliance-runs' } as const;
const PAGE = 50;
/** Of one course so many events are shown. */
const COURSE_MOST = 200;
const ROW = 'id,position,time,type,source,subject,object,record,actor';

/** An event of the store as a list shows it. */
export type StoredEvent = {
  readonly id: string;
  readonly position: string;
  readonly time: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly object: string | null;
  readonly record: string | null;
  readonly actor: string;
};

/** One of a course of events, with the event that led to it. */
export type CourseEvent = StoredEvent & { readonly causation: string | null };

/** All of an event. */
export type WholeEvent = CourseEvent & {
  readonly correlation: string;
  readonly data: unknown;
  readonly erasedAt: string | null;
  readonly hash: string;
  readonly previous: string;
};

/** What is looked for: `about` is the id of a record that an event is of or names; days are inclusive. */
export type EventSearch = {
  readonly about?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly correlation?: string;
  readonly from?: string;
  readonly to?: string;
};

export type EventPage = { readonly items: readonly StoredEvent[]; readonly next: string | null };

/** A page of the events that are looked for, the newest first. */
export async function eventPage(search: EventSearch, cursor: string | null, signal: AbortSignal): Promise<EventPage> {
  const query = { filter: filterOf(search), fields: ROW, sort: '-time', limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  return trusted<EventPage>(await queryRecords(search.about ? EVENTS_OF_RECORDS : EVENTS, query, signal));
}

function filterOf({ about, type, actor, correlation, from, to }: EventSearch): unknown {
  const conditions = [
    ...(about ? [{ about }] : []),
    ...(type ? [{ type }] : []),
    ...(actor ? [{ actor }] : []),
    ...(correlation ? [{ correlation }] : []),
    ...(from ? [{ time: { gte: new Date(`${from}T00:00:00`).toISOString() } }] : []),
    ...(to ? [{ time: { lt: nextDay(to) } }] : []),
  ];
  return conditions.length === 0 ? {} : { and: conditions };
}

function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date.toISOString();
}

export async function wholeEvent(id: string, signal: AbortSignal): Promise<WholeEvent> {
  return askFor(`/api/audit/events/${encodeURIComponent(id)}`, { signal });
}

/** The events of one course, in their order. */
export async function courseOf(correlation: string, signal: AbortSignal): Promise<readonly CourseEvent[]> {
  const query = { filter: { correlation }, fields: `${ROW},causation`, sort: 'time', limit: COURSE_MOST };
  return trusted<readonly CourseEvent[]>((await queryRecords(EVENTS, query, signal)).items);
}

/** A run that verifies the chain, or another check. */
export type Run = {
  readonly id: string;
  readonly state: 'running' | 'passed' | 'failed';
  readonly upTo: string | null;
  readonly position: string | null;
  readonly job: string | null;
};

/** Has the chain verified, and answers the id of the run. */
export async function verifyChain(): Promise<string> {
  const answer = await askFor<{ created: readonly { id: string }[] }>('/api/audit/events/actions/verify', { method: 'POST', body: {} });
  return answer.created[0]?.id ?? '';
}

/** A run with how far its job is, of 0 to 1; and what it found first. */
export type Progress = { readonly run: Run; readonly share: number; readonly what: string | null };

export async function progressOf(id: string, signal: AbortSignal): Promise<Progress> {
  const run = await askFor<Run>(`/api/audit/${RUNS.collection}/${id}`, { signal });
  const job = run.job === null ? null : await askFor<{ done: number; total: number | null }>(`/api/audit/jobs/${run.job}`, { signal });
  const findings = { module: 'audit', collection: 'compliance-findings' } as const;
  const found = run.state === 'failed' ? await queryRecords(findings, { filter: { runId: id }, fields: 'what', limit: 1 }, signal) : null;
  const share = run.state === 'running' ? (job?.total ? job.done / job.total : 0) : 1;
  return { run, share, what: trusted<string | null>(found?.items[0]?.['what'] ?? null) };
}
