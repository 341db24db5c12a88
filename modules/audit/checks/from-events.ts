import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Check, Finding } from './check.ts';
import { eachEvent, type Stored } from './stored-events.ts';

const LOGINS = 5;
const EXPORTS = 1;
const PERMISSIONS = [
  'AccessChanged',
  'RoleCreated',
  'RoleUpdated',
  'RoleDeleted',
  'UserCreated',
  'UserUpdated',
  'ApiKeyCreated',
  'ApiKeyUpdated',
];

/** Looks for offers that were approved by who had asked for it. */
export const checkFourEyes: Check = async (job, { since }) => {
  const findings: Finding[] = [];
  const checked = await eachEvent(job, { types: ['OfferUpdated'], since }, (event) => {
    const { command, record } = event.data;
    if (command !== 'approve' || !isRecord(record) || event.actor !== `user:${plainText(record['submittedById'])}`) return;
    findings.push({
      what: 'sameEyes',
      detail: plainText(record['number']) || plainText(record['title']) || event.subject,
      ...placeOf(event),
    });
  });
  return { checked, findings };
};

/** Tells of changes of permissions, roles, and of who has which. */
export const checkPermissionChanges: Check = async (job, { since }) => {
  const findings: Finding[] = [];
  const checked = await eachEvent(job, { types: PERMISSIONS, since }, (event) => {
    const detail = permissionDetail(event);
    if (detail !== null) findings.push({ what: 'permissionChanged', detail, ...placeOf(event) });
  });
  return { checked, findings };
};

/** Of a user or key only a change of their roles counts, or of whether they may sign in. */
function permissionDetail({ type, data, subject }: Stored): string | null {
  const { changed, record } = data;
  if (type === 'AccessChanged') return `${type}: ${plainText(data['object'])}`;
  const name = isRecord(record) ? plainText(record['name']) : subject;
  if (!type.startsWith('User') && !type.startsWith('ApiKey')) return `${type}: ${name}`;
  if (type.endsWith('Created')) return `${type}: ${name}`;
  const parts = isRecord(changed) ? ['roles', 'active'].filter((field) => field in changed) : [];
  return parts.length === 0 ? null : `${type}: ${name} (${parts.join(', ')})`;
}

/** Counts sign-ins that failed, by e-mail and address. */
export const checkFailedLogins: Check = (job, { since, threshold }) =>
  counted(job, { types: ['LoginFailed'], since, what: 'loginsFailed', least: threshold ?? LOGINS }, ({ data }) =>
    [plainText(data['email']), plainText(data['address'])].join(', '),
  );

/** Counts what was taken out, by who and of what. */
export const checkExports: Check = (job, { since, threshold }) =>
  counted(job, { types: ['RecordsExported', 'ReportGenerated'], since, what: 'exported', least: threshold ?? EXPORTS }, ({ data }) =>
    [plainText(data['object']) || plainText(data['report']), plainText(data['format'])].join(', '),
  );

type Counting = {
  readonly types: readonly string[];
  readonly since: string | null;
  readonly what: Finding['what'];
  readonly least: number;
};

async function counted(
  job: Parameters<Check>[0],
  { types, since, what, least }: Counting,
  sayWhat: (event: Stored) => string,
): ReturnType<Check> {
  const groups = new Map<string, { readonly detail: string; readonly last: Stored; readonly count: number }>();
  const checked = await eachEvent(job, { types, since }, (event) => {
    const detail = sayWhat(event);
    const key = `${event.actor} ${detail}`;
    groups.set(key, { detail, last: event, count: (groups.get(key)?.count ?? 0) + 1 });
  });
  const findings = [...groups.values()]
    .filter(({ count }) => count >= least)
    .map(({ detail, last, count }): Finding => ({ what, detail: `${detail}: ${count} ×`, ...placeOf(last) }));
  return { checked, findings };
}

function placeOf({ actor, time, position, object, record }: Stored): Partial<Finding> {
  return { actor, at: time, position, ...(object ? { object } : {}), ...(record ? { record } : {}) };
}
