/** A day as people type it: `2026-01-31`, `31.1.2026`, `31/01/2026`; null when it is none. The answer is ISO 8601. */
export function parseDay(typed: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim());
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed.trim());
  if (iso) return real(iso[1], iso[2], iso[3]);
  return european ? real(european[3], european[2], european[1]) : null;
}

function real(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : null;
}
