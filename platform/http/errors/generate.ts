/** Writes docs/ERRORS.md from the one list of error codes; with `--check` only says whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES } from '#platform/kernel/errors.ts';

const HEAD = `# Errors

Every refusal is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`code\`, \`detail\`, \`errors\`, \`traceId\`.
Branch on \`code\`; show people \`detail\`. Each of \`errors\` is \`{pointer, field, rule, message}\`, its pointer a place in the request's body.
Where it has a \`label\` too (the field's, by language), the rule and its \`limit\` say all that the message does: say it in your own words or language.
Where \`sentence\` stands, in the problem or in one of its \`errors\`, it is the sentence in English and German.

| code | status | it means | the way out |
|---|---|---|---|
`;

const file = fileURLToPath(new URL('../../../docs/ERRORS.md', import.meta.url));
const rows = Object.entries(ERROR_CODES).map(
  ([code, { status, meaning, wayOut }]) => `| \`${code}\` | ${status} | ${meaning} | ${wayOut} |\n`,
);
const text = HEAD + rows.join('');
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('docs/ERRORS.md is not what platform/kernel/errors.ts says. Run: node platform/http/errors/generate.ts');
  process.exitCode = 1;
}
