import type { Caller } from './caller.ts';
import { isDay } from './dates.ts';
import { Refusal } from './errors.ts';
import { dayIn } from './relative-date.ts';
import { sentence } from './sentence.ts';
import { mayChooseWorkDate } from './work-date-roles.ts';

const FORM = sentence(
  () => 'The header Work-Date is a day like 2026-01-31.',
  () => 'Der Header Work-Date ist ein Tag wie 2026-01-31.',
);
const FUTURE = sentence(
  () => 'The working date lies in the future: nothing is issued or posted before its day.',
  () => 'Das Arbeitsdatum liegt in der Zukunft: Vor seinem Tag wird nichts ausgestellt oder gebucht.',
);
const DENIED = sentence(
  () => 'Only administrators, managers and accounting work on another day than today.',
  () => 'Nur Administratoren, Leitung und Buchhaltung arbeiten an einem anderen Tag als heute.',
);

/**
 * The caller with the working date of one request, its header `Work-Date`: documents are dated, numbered and posted as on that day, and what follows
 * from it by events too. Microsoft Dynamics calls it so. Throws Refusal malformed_request or not_allowed.
 */
export function onWorkDate(caller: Caller, header: string | undefined): Caller {
  if (header === undefined || header === '') return caller;
  if (!isDay(header)) throw new Refusal('malformed_request', FORM);
  if (!mayChooseWorkDate(caller.roles)) throw new Refusal('not_allowed', DENIED);
  const today = dayIn(caller.timeZone, new Date());
  if (header > today) throw new Refusal('malformed_request', FUTURE);
  return header === today ? caller : Object.freeze({ ...caller, workDate: header });
}
