import type { Language } from '../i18n/index.ts';

const LOCALES: { readonly [language in Language]: string } = { en: 'en-GB', de: 'de-DE' };
const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
const ISO = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const TYPED =
  /(\d+)\s*(years?|y|jahre?|months?|monate?|mo|weeks?|w|wochen?|days?|d|tage?|hours?|h|stunden?|std|minutes?|minuten?|min|m|seconds?|sekunden?|sec|sek|s)\b/gi;

/** A duration in ISO 8601 as people read it: `PT1H30M` is `1 hr 30 min`; what is none stays as it is. */
export function formatDuration(value: string, language: Language): string {
  const parts = ISO.exec(value)?.slice(1);
  if (!parts) return value;
  const written = UNITS.flatMap((unit, position) => {
    const amount = Number(parts[position] ?? 0);
    if (amount === 0) return [];
    return [new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'short' }).format(amount)];
  });
  return written.length === 0 ? '0' : written.join(' ');
}

/** What somebody typed as a duration: `1:30`, `90 min`, `2 weeks`, `1 Std 30 Min`. What is none comes back as typed, for the server to refuse. */
export function parseDuration(typed: string): string {
  const text = typed.trim();
  const clock = /^(\d{1,4}):(\d{2})$/.exec(text);
  if (clock) return `PT${Number(clock[1])}H${Number(clock[2])}M`;
  const found = [...text.matchAll(TYPED)];
  if (found.length === 0 || text.replaceAll(TYPED, '').replaceAll(/[\s,]|and|und/g, '') !== '') return text;
  const amounts = new Map(found.map(([, amount, word]) => [letterOf(word ?? ''), amount]));
  const part = (letter: string, written: string): string => (amounts.has(letter) ? `${amounts.get(letter)}${written}` : '');
  const date = part('y', 'Y') + part('mo', 'M') + part('w', 'W') + part('d', 'D');
  const clocked = part('h', 'H') + part('m', 'M') + part('s', 'S');
  return `P${date}${clocked === '' ? '' : `T${clocked}`}`;
}

function letterOf(word: string): string {
  const small = word.toLowerCase();
  if (small.startsWith('mo')) return 'mo';
  if (/^(std|stunde)/.test(small)) return 'h';
  if (small.startsWith('j')) return 'y';
  if (small.startsWith('t')) return 'd';
  return small.charAt(0);
}
