import i18next from 'i18next';
import type { Label } from '#platform/kernel/model.ts';
import { isTextKey } from './index.ts';

/** What the server says of a refusal, as far as it can be said in another language. */
type Said = {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly SaidOfField[];
  readonly transition: unknown;
  readonly sentence?: unknown;
};

/** What it says of one value: a sentence in both languages, else with a label the rule and its limit say all that the message does. */
export type SaidOfField = {
  readonly rule?: string;
  readonly message: string;
  readonly line?: number;
  readonly label?: Label;
  readonly limit?: string | number | undefined;
  readonly sentence?: Label;
};

/** The sentence of a refusal in the reader's language. The server speaks English; what there is no other sentence for stays as it came. */
export function sentenceOf({ code, detail, errors, transition, sentence }: Said): string {
  if (!isTranslated()) return detail;
  if (isLabel(sentence)) return inLanguage(sentence);
  const [first] = errors;
  if (first?.label) {
    const more = errors.length > 1 ? ` ${i18next.t('problem.more', { count: errors.length - 1 })}` : '';
    return `${inLanguage(first.label)}: ${sentenceOfField(first)}${more}`;
  }
  if (isTransition(transition)) {
    const from = transition.from.map(inLanguage).join(` ${i18next.t('problem.or')} `);
    return i18next.t('problem.transition', { command: inLanguage(transition.command), now: inLanguage(transition.now), from });
  }
  const key = `problem.${code}`;
  return isTextKey(key) ? i18next.t(key) : detail;
}

/** The sentence for one refused value, as it stands below its field. */
export function sentenceOfField({ rule, message, label, limit, sentence }: SaidOfField): string {
  if (isTranslated() && sentence) return inLanguage(sentence);
  if (!isTranslated() || !label) return message;
  const key = `rule.${rule}${limit === undefined ? '' : 'Limit'}`;
  return isTextKey(key) ? i18next.t(key, { limit }) : i18next.t('rule.other');
}

function isTranslated(): boolean {
  return i18next.isInitialized && i18next.language !== 'en';
}

/** A sentence in the reader's language. */
export function inLanguage(label: Label): string {
  return (i18next.language === 'de' ? label.de : undefined) ?? label.en;
}

function isLabel(value: unknown): value is Label {
  return typeof value === 'object' && value !== null && 'en' in value;
}

type Transition = { readonly command: Label; readonly now: Label; readonly from: readonly Label[] };

function isTransition(value: unknown): value is Transition {
  return typeof value === 'object' && value !== null && 'command' in value && 'now' in value && 'from' in value;
}
