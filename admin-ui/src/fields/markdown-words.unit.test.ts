import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeAddress, tokensOf, wordsOf } from './markdown-words.ts';

test('A list shows the words of Markdown on one line, without its marks', () => {
  assert.equal(
    wordsOf('# Hi\n\n**Delivery** to the [back door](https://x.example)\n\n- ring `twice`\n- wait'),
    'Hi Delivery to the back door ring twice wait',
  );
  assert.equal(wordsOf('| a | b |\n|---|---|\n| **1** | 2 |'), 'a b 1 2');
  assert.equal(wordsOf('one\ntwo'), 'one two');
});

test('HTML in it stays text', () => {
  assert.equal(wordsOf('<b>x</b> <img src=x onerror=alert(1)>'), '<b>x</b> <img src=x onerror=alert(1)>');
});

test('What is too deep or too long to be read is shown as it is written', () => {
  assert.equal(tokensOf('>'.repeat(50)), null);
  assert.equal(tokensOf('a'.repeat(100_001)), null);
});

test('A link leads to the web, to a mailbox or on these screens, and nowhere else', () => {
  for (const good of ['https://a.example', 'mailto:a@b.example', '/o/customer', 'here#there']) assert.equal(safeAddress(good), good);
  for (const bad of [
    'javascript:alert(1)',
    'JaVaScript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'java\nscript:x',
    'vbscript:x',
  ])
    assert.equal(safeAddress(bad), null, bad);
});
