import { RE2JS } from 're2js';

/**
 * A compiled pattern in RE2 syntax: linear time whatever it is and whatever it reads, so a pattern that an administrator
 * types cannot hold up the process (CWE-1333).
 */
export type Pattern = { readonly test: (text: string) => boolean; readonly toString: () => string };

/** Compiles a pattern; throws with RE2's own words when the syntax is wrong or not supported (look-around, back references). */
function compilePattern(source: string): Pattern {
  const compiled = RE2JS.compile(source);
  return { test: (text) => compiled.test(text), toString: () => source };
}

/** What is wrong with a pattern, or null. */
export function patternProblem(source: string): string | null {
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'it cannot be read';
  }
}

/** The engine ajv takes for the `pattern` keyword. ajv tells patterns apart by their text, so `toString` must be the source. */
export const re2Engine = Object.assign((source: string): Pattern => compilePattern(source), {
  code: 'require("re2js")',
});
