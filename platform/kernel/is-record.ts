/** Whether a value is a JSON object (not null, not an array): the guard between `unknown` and named properties. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
