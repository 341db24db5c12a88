import { ERROR_CODES } from '#platform/kernel/errors.ts';

/** The page that the `type` of a problem leads to: every code under an anchor of its name, what it means and the way out. Plain, for whoever was refused. */
export function errorsPage(): string {
  const entries = Object.entries(ERROR_CODES).map(
    ([code, { status, meaning, wayOut }]) =>
      `<section id="${code}"><h2><code>${code}</code> · ${status}</h2><p>${marked(meaning)}</p><p>${marked(wayOut)}</p></section>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Errors · Tessera API</title>
    <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem } section:target { outline: 2px solid; outline-offset: 0.5rem }</style>
  </head>
  <body>
    <main>
      <h1>Errors</h1>
      <p>Every refusal is <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads to one of these; programs branch on <code>code</code>.</p>
      ${entries.join('\n      ')}
    </main>
  </body>
</html>
`;
}

/** Text as HTML; what stands between backticks as code. */
function marked(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return safe.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
