import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { settingInWords, short } from './setting-words.ts';

const SIGNS: { readonly [op: string]: string } = { add: '+', change: '~', remove: '-' };

/** A plan as lines for a terminal: what is added, changed and removed, what stays unnamed, and the rows that stand in the way. */
export function planText(plan: { readonly [part: string]: unknown }): string {
  const lines = records(plan['lines']);
  const kept = records(plan['kept']);
  const rows = records(plan['rows']);
  const count = (op: string) => lines.filter((line) => line['op'] === op).length;
  return [
    ...lines.flatMap((line) => [
      `${SIGNS[text(line['op'])] ?? '?'} ${text(line['kind']).padEnd(6)} ${text(line['address'])}`,
      ...records(line['settings']).map((one) => `      ${text(one['name'])}: ${words(one, 'before')} → ${words(one, 'after')}`),
    ]),
    ...kept.map(
      (one) =>
        `  ${text(one['kind']).padEnd(6)} ${text(one['address'])} is not in the files and stays; to let it go: --delete ${text(one['address'])}`,
    ),
    ...rows.flatMap(rowsLines),
    ...records(plan['dependants']).map((one) => `! ${text(one['object'])}: ${text(one['where'])}`),
    lines.length === 0
      ? 'Nothing to change.'
      : `${count('add')} to add, ${count('change')} to change, ${count('remove')} to remove, against version ${text(plan['version'])}.`,
  ].join('\n');
}

function rowsLines(row: { readonly [part: string]: unknown }): readonly string[] {
  const counted = `${text(row['doNotFit'])} of ${text(row['affected'])} rows`;
  if (row['doNotFit'] === 0) return [`  ${text(row['address'])}: all ${text(row['affected'])} rows fit`];
  const samples = records(row['samples']).slice(0, 3);
  return [
    row['mustFit'] === true
      ? `! ${text(row['address'])}: ${counted} do not fit and stop the whole`
      : `  ${text(row['address'])}: ${counted} would not be accepted anew; they stay`,
    ...samples.map((sample) => `      ${text(sample['title'])}: ${short(sample['value'])} (${text(sample['id'])})`),
  ];
}

function records(value: unknown): readonly { readonly [part: string]: unknown }[] {
  return isList(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string {
  return plainText(value);
}

function words(setting: { readonly [part: string]: unknown }, side: 'before' | 'after'): string {
  return settingInWords(text(setting['name']), setting[side]);
}
