import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting, letterOfSections } from './digest.ts';

test('A letter has a section for each message, with its subject as it was written', () => {
  const sections = [
    { subject: 'Bäcker & <Söhne>', body: '<p>One</p>' },
    { subject: 'Second', body: '<p>Two</p>' },
  ];
  assert.deepEqual(letterOfSections(sections, { language: 'de', sender: 'Muster GmbH' }), {
    subject: '2 Nachrichten von Muster GmbH',
    body: '<h2>Bäcker &amp; &lt;Söhne&gt;</h2><p>One</p><hr><h2>Second</h2><p>Two</p>',
  });
  assert.equal(letterOfSections(sections, { language: 'en', sender: null }).subject, '2 messages');
});

test('What does not fit into a letter is in the next one', () => {
  const long = { subject: 'Long', body: 'x'.repeat(80_000) };
  assert.equal(fitting([long, long]).length, 1);
  assert.equal(fitting([{ ...long, body: 'x'.repeat(190_000) }, long]).length, 1);
  assert.equal(fitting(Array.from({ length: 150 }, () => ({ subject: 'Short', body: 'x' }))).length, 100);
});
