import type { ComplianceFinding, ComplianceRun } from '#metadata/records.gen.ts';
import { plainText } from '#platform/kernel/json.ts';
import { defineReport, type Reading, type ReportRow } from '#platform/kernel/report.ts';
import { KINDS, STATES, WHAT } from './words.ts';

type Period = { readonly from: string; readonly until: string };
const FINDINGS_MAX = 200;

/** What happened in a period, by service, and what the checks have looked at and found. */
export const auditReport = defineReport<Period>({
  name: 'audit-report',
  label: { en: 'Audit report', de: 'Prüfbericht' },
  help: {
    en: 'How many events there were, which checks were carried out in a period, and what they found.',
    de: 'Wie viele Ereignisse es gab, welche Prüfungen in einem Zeitraum liefen und was sie fanden.',
  },
  reads: ['event', 'compliance_run', 'compliance_finding'],
  input: [
    { name: 'from', label: { en: 'From', de: 'Von' }, type: 'date' },
    { name: 'until', label: { en: 'Until', de: 'Bis' }, type: 'date' },
  ],
  defaults: (_given, today) => ({ from: `${today.slice(0, 7)}-01`, until: today }),
  columns: [
    { name: 'at', label: { en: 'When', de: 'Wann' }, type: 'text' },
    { name: 'what', label: { en: 'What', de: 'Was' }, type: 'text' },
    { name: 'detail', label: { en: 'Namely', de: 'Nämlich' }, type: 'text' },
    { name: 'actor', label: { en: 'Who', de: 'Wer' }, type: 'text' },
    { name: 'position', label: { en: 'Position', de: 'Position' }, type: 'text' },
    { name: 'count', label: { en: 'Count', de: 'Anzahl' }, type: 'number' },
  ],
  run: async (reading, period) => ({ rows: [...(await eventRows(reading, period)), ...(await runRows(reading, period))] }),
});

async function eventRows(reading: Reading, { from, until }: Period): Promise<readonly ReportRow[]> {
  const filter = { time: { gte: `${from}T00:00:00Z`, lte: `${until}T23:59:59.999Z` } };
  const metrics = [{ fn: 'count', as: 'count' }] as const;
  const sums = await reading.sums<{ source: string; count: number | string }>('event', { groupBy: ['source'], metrics, filter });
  const rows = sums.map(({ source, count }) => ({ what: source.slice(1), count: String(count), row: { level: 1 } }));
  const total = sums.reduce((sum, { count }) => sum + Number(count), 0);
  const heading = { what: reading.language === 'de' ? 'Ereignisse' : 'Events', count: String(total), row: { kind: 'group' as const } };
  return [heading, ...rows.toSorted((a, b) => a.what.localeCompare(b.what))];
}

async function runRows(reading: Reading, { from, until }: Period): Promise<readonly ReportRow[]> {
  const filter = { createdAt: { gte: `${from}T00:00:00Z`, lte: `${until}T23:59:59.999Z` } };
  const runs = await reading.all<ComplianceRun>('compliance_run', { filter, sort: 'createdAt' });
  const rows: ReportRow[] = [];
  for (const run of runs) {
    rows.push(runRow(run, reading.language));
    if (run.state === 'failed') rows.push(...(await findingRows(reading, run)));
  }
  return rows;
}

function runRow(run: ComplianceRun, language: 'en' | 'de'): ReportRow {
  return {
    at: minuteOf(run.createdAt),
    what: KINDS[run.kind][language],
    detail: STATES[run.state][language],
    position: run.upTo ?? '',
    count: run.checked ?? '',
    row: { kind: 'group', links: { what: { object: 'compliance_run', id: run.id } } },
  };
}

async function findingRows(reading: Reading, run: ComplianceRun): Promise<readonly ReportRow[]> {
  const query = { filter: { runId: run.id }, sort: 'createdAt', limit: FINDINGS_MAX };
  const { items } = await reading.page<ComplianceFinding>('compliance_finding', query, null);
  return items.map(({ what, detail, actor, at, position }) => ({
    at: at ? minuteOf(at) : '',
    what: WHAT[what][reading.language],
    detail: plainText(detail),
    actor: plainText(actor),
    position: plainText(position),
    row: { level: 1 },
  }));
}

function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}
