import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

const DIST = join(import.meta.dirname, '../../admin-ui/dist');
const KIT = join(import.meta.dirname, '../../node_modules/@mantine/core/styles');

/** What a browser may have to fetch before the sign-in or the first page is drawn. */
const FIRST_LOAD_MAX = 250 * 1024;

function built(end: string): string {
  const folder = join(DIST, 'assets');
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe('The built screens', () => {
  test('need at most 250 KB, gzipped, for the first page', () => {
    const page = readFileSync(join(DIST, 'index.html'), 'utf8');
    const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const sizes = files.map((path) => ({ path, bytes: gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(files.length > 1 && total <= FIRST_LOAD_MAX, `${total} bytes: ${JSON.stringify(sizes)}`);
  });

  test('have the styles of every part of the kit that they use', () => {
    const [scripts, styles] = [built('.js'), built('.css')];
    const isMissing = (part: string): boolean => {
      const classes = [...readFileSync(join(KIT, part), 'utf8').matchAll(/\.(m_[0-9a-f]+)/g)].map(([, name]) => name ?? '');
      return classes.some((name) => scripts.includes(`"${name}"`) || scripts.includes(`\`${name}\``)) && !styles.includes(`.${classes[0]}`);
    };
    const parts = readdirSync(KIT).filter((name) => name.endsWith('.layer.css'));
    assert.ok(parts.length > 50);
    assert.deepEqual(parts.filter(isMissing), [], 'Import them in admin-ui/src/styles/kit-screens.css (or kit-frame.css).');
  });
});
