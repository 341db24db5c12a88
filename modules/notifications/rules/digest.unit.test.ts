import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting, letterOfSections, valuesOfLetter } from './digest.ts';
import { templateFaults } from './template/faults.ts';
import { toldBy } from './told.ts';

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

const template = (body: string, channel: 'email' | 'sms' = 'email') =>
  ({ about: 'digest', channel, language: 'en', subject: '{{count}} from {{company.name}}', body }) as const;

test('A template says how a letter is written; texts of messages stand in it as they were, everything else is escaped', () => {
  const sections = [
    { subject: 'A & B', body: '<p>One <strong>bold</strong></p>' },
    { subject: 'C', body: null },
  ];
  const values = valuesOfLetter(sections, { sender: { name: '<i>Muster' }, recipient: 'Ada & Co' });
  const told = toldBy(template('<p>{{recipient.name}}</p>{{#each messages}}<h2>{{subject}}</h2>{{body}}{{/each}}'), values);
  assert.deepEqual(told, {
    subject: '2 from <i>Muster',
    body: '<p>Ada &amp; Co</p><h2>A &amp; B</h2><p>One <strong>bold</strong></p><h2>C</h2>',
  });
  assert.equal(toldBy({ ...template('{{body}}') }, { body: JSON.parse('{"html": "<b>x</b>"}') }).body.includes('<b>'), false);
});

test('A template for letters tells every message, by mail, and names what there is', () => {
  const faultsOf = (...written: Parameters<typeof template>): readonly string[] =>
    templateFaults(template(...written), { fieldsOf: () => null, events: new Map() }).map(
      ({ pointer, message }) => `${pointer} ${message}`,
    );
  assert.deepEqual(faultsOf('{{#each messages}}{{body}}{{/each}}'), []);
  assert.match(faultsOf('<p>{{count}}</p>')[0] ?? '', /^\/body .*would be lost/);
  assert.match(faultsOf('{{#each messages}}{{subject}}{{/each}}')[0] ?? '', /^\/body /);
  assert.match(faultsOf('{{#each messages}}{{bdy}}{{/each}}')[0] ?? '', /^\/body .*Did you mean body\?/);
  assert.match(faultsOf('{{#each messages}}{{body}}{{/each}}', 'sms')[0] ?? '', /^\/channel /);
});
