import { isNumberText, parseDecimal } from '../i18n/typed-decimal.ts';
import type { Language } from '../i18n/index.ts';

/** How far a place may lie from the equator, and from Greenwich, in degrees. */
export const DEGREES_MOST = { lat: 90, lng: 180 } as const;

const NUMBER = '-?\\d{1,3}(?:[.,]\\d+)?';
/** What parts two numbers: a semicolon, white space, a comma with white space behind it. */
const PAIR = new RegExp(`^(${NUMBER})(?:\\s*;\\s*|\\s+|\\s*,\\s+)(${NUMBER})$`);
/** A comma alone, which is no decimal comma where both numbers have a point. */
const CLOSE_PAIR = /^(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)$/;

/** Latitude and longitude as maps copy them: `52.52, 13.40`, `52,52; 13,40`. Null of one number, whatever its marks: `52,5` is one. */
export function pairIn(text: string): { readonly lat: number; readonly lng: number } | null {
  const [, lat, lng] = PAIR.exec(text.trim()) ?? CLOSE_PAIR.exec(text.trim()) ?? [];
  return lat === undefined || lng === undefined ? null : { lat: degrees(lat), lng: degrees(lng) };
}

/** Degrees as somebody typed them; what is no number stays as it is, and nothing is null. */
export function degreesOf(text: string, language: Language): number | string | null {
  if (text.trim() === '') return null;
  const close = text.trim();
  const plain = /^-?\d{1,3}[.,]\d+$/.test(close) ? close.replace(',', '.') : parseDecimal(close, language);
  return isNumberText(plain) ? Number(plain) : text;
}

/** What is wrong with one part of a place; null while it is empty or right. */
export function problemOf(part: 'lat' | 'lng', value: unknown): 'number' | 'range' | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number') return 'number';
  return Math.abs(value) > DEGREES_MOST[part] ? 'range' : null;
}

function degrees(text: string): number {
  return Number(text.replace(',', '.'));
}
