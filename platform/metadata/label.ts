import { isRecord } from '#platform/kernel/is-record.ts';
import type { Label } from '#platform/kernel/model.ts';
import { problem, type Problem } from './definition-errors.ts';
import { unstorable } from './text-check.ts';

/** The languages that labels have. English is the one that is always there. */
export type Language = 'en' | 'de';

/** How an incoming text is read: the language of a bare string, what was there before, and where it stands. */
export type LabelContext = {
  readonly language: Language;
  readonly before?: Label | undefined;
  readonly pointer: string;
  readonly maxLength: number;
};

/** JSON Schema of a text for people: a string in the caller's language, or one per language. */
export const labelSchema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: { en: { type: 'string' }, de: { type: ['string', 'null'] } },
      additionalProperties: false,
    },
  ],
} as const;

/** The label that an incoming text means. A bare string replaces the caller's language and keeps the other one. */
export function readLabel(value: unknown, context: LabelContext): { label?: Label; problems: readonly Problem[] } {
  const given = typeof value === 'string' ? { [context.language]: value } : isRecord(value) ? value : {};
  const en = trimmed(given['en']) ?? context.before?.en ?? trimmed(given['de']);
  const de = given['de'] === null ? undefined : (trimmed(given['de']) ?? context.before?.de);
  const wrong = [given['en'], given['de']].flatMap((text) => textProblem(text, context));
  if (wrong.length > 0) return { problems: wrong };
  if (en === undefined) return { problems: [problem(context.pointer, 'required', 'Give it a text that people read.')] };
  return { label: de === undefined ? { en } : { en, de }, problems: [] };
}

/** Words for a name that comes without a label: `deliveryTerms` → `Delivery terms`. */
export function labelFromName(name: string): Label {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return { en: words.trim() === '' ? 'Unnamed' : words.charAt(0).toUpperCase() + words.slice(1) };
}

function trimmed(text: unknown): string | undefined {
  const written = typeof text === 'string' ? text.trim() : '';
  return written === '' ? undefined : written;
}

function textProblem(text: unknown, context: LabelContext): readonly Problem[] {
  if (typeof text !== 'string') return [];
  if (text.trim() === '') return [problem(context.pointer, 'required', 'The text is empty.')];
  if (text.length > context.maxLength)
    return [problem(context.pointer, 'maxLength', `The text is longer than ${context.maxLength} characters.`)];
  const bad = unstorable(text);
  return bad === null ? [] : [problem(context.pointer, 'characters', `The text ${bad}.`)];
}
