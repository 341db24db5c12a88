import type { Refusal } from './errors.ts';
import { germanRule } from './rule-texts.ts';

/** What a refusal says in German: its sentence, else what its first value broke, by the field's label; English where there is neither. */
export function germanOf({ sentence, details, message }: Refusal): string {
  if (sentence) return sentence.de;
  const [first] = details.errors ?? [];
  if (first?.sentence) return first.sentence.de;
  return first?.label ? `${first.label.de ?? first.label.en}: ${germanRule(first.rule, first.limit)}` : message;
}
