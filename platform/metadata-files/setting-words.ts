import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import { conditionInWords } from '#platform/kernel/conditions/in-words.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';

const VALUE_MAX = 60;

/** Settings that are conditions or filters. */
const CONDITIONS: readonly string[] = [...CONDITION_SETTINGS, 'filter'];

/** A setting of the metadata as one reads it in a terminal: conditions and rules in words, whole; what is made of other parts as JSON, cut short. */
export function settingInWords(name: string, value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  if (CONDITIONS.includes(name) && isRecord(value)) return conditionInWords(value) || '(none)';
  if (name === 'layoutRules' && isList(value)) return value.map(ruleInWords).join('; ') || '(none)';
  if (isList(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || '(none)';
  if (isRecord(value) && typeof value['en'] === 'string') return value['en'];
  return short(value);
}

/** A value at most as long as a line has room for. */
export function short(value: unknown): string {
  const written = value === null || value === undefined ? '(none)' : typeof value === 'string' ? value : JSON.stringify(value);
  return written.length > VALUE_MAX ? `${written.slice(0, VALUE_MAX)}…` : written;
}

/** Which layout is shown, to whom, and when. */
function ruleInWords(rule: unknown): string {
  if (!isRecord(rule)) return short(rule);
  const { layout, roles, when } = rule;
  const to = isList(roles) && roles.length > 0 ? ` for ${roles.map(plainText).join(', ')}` : '';
  return `${plainText(layout)}${to}${when === undefined ? '' : ` when ${conditionInWords(when)}`}`;
}
