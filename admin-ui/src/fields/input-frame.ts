import { useTexts } from '../i18n/index.ts';
import type { InputProps } from './field-ui.ts';

/** The part of an input's properties that comes from its field. */
export type InputFrame = {
  readonly error: string | null;
  readonly disabled: boolean;
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  readonly withAsterisk?: boolean;
  readonly variant?: string;
  readonly 'aria-label'?: string;
  readonly 'data-autofocus'?: boolean;
};

/** What every input shows of its field: label, help, star, the server's error; in a grid the label is for screen readers alone. */
export function useInputFrame({ field, error, isBare, autoFocus }: InputProps): InputFrame {
  const { say } = useTexts();
  const label = say(field.label);
  const focus = autoFocus === true ? { 'data-autofocus': true } : {};
  const common = { error: error ?? null, disabled: !field.editable, name: field.name, ...focus };
  if (isBare === true) return { ...common, 'aria-label': label, variant: 'unstyled' };
  const help = say(field.help);
  return { ...common, label, withAsterisk: field.required === true, ...(help === '' ? {} : { description: help }) };
}

/** The text of a value that may be missing. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
