const NESTING_MAX = 32;

/**
 * Why a JSON value cannot be stored, or null: PostgreSQL has no NUL in text, neither text nor jsonb takes half of a surrogate pair,
 * and a value nested without end would exhaust the stack of whoever reads it next.
 */
export function unstorable(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return textProblem(value);
  if (typeof value !== 'object' || value === null) return null;
  if (depth > NESTING_MAX) return `is nested more than ${NESTING_MAX} levels deep`;
  for (const [key, part] of Object.entries(value)) {
    const problem = textProblem(key) ?? unstorable(part, depth + 1);
    if (problem) return problem;
  }
  return null;
}

function textProblem(text: string): string | null {
  if (text.includes('\u0000')) return 'contains a NUL character, which cannot be stored';
  return text.isWellFormed() ? null : 'contains half of a character (a lone surrogate), which cannot be stored';
}
