import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTemplate } from './parse.ts';
import { TemplateProblem } from './problem.ts';
import { renderTemplate } from './render.ts';
import { checkWords, type Words } from './words.ts';

const EN = { language: 'en', isHtml: true };
const write = (source: string, values: unknown, manner = EN): string => renderTemplate(parseTemplate(source), values, manner);
const problem = (pattern: RegExp) => (error: unknown) => error instanceof TemplateProblem && pattern.test(error.sentence.en);

describe('A template', () => {
  test('writes values, escaped for HTML and as they are elsewhere', () => {
    assert.equal(write('Dear {{customer.name}}', { customer: { name: '<b>&"' } }), 'Dear &lt;b&gt;&amp;&quot;');
    assert.equal(write('{{a}}', { a: '<b>' }, { ...EN, isHtml: false }), '<b>');
  });

  test('writes money, numbers and days in its language, digit by digit', () => {
    const german = { language: 'de', isHtml: false };
    assert.equal(
      write('{{money total currency}}', { total: '90071992547409931.05', currency: 'EUR' }, german),
      '90.071.992.547.409.931,05\u00A0€',
    );
    assert.equal(write('{{date day}} {{number n}}', { day: '2026-01-31', n: '1.5' }, german), '31. Januar 2026 1,5');
    assert.equal(write('{{money total currency}}', { total: 'much', currency: 'E' }), 'much');
  });

  test('has conditions and lists; a sum that is zero is not there', () => {
    const source = '{{#if open}}{{open}}{{else}}paid{{/if}} {{#each vat}}{{rate}} {{else}}none{{/each}}{{#unless open}}!{{/unless}}';
    assert.equal(write(source, { open: '0.00', vat: [{ rate: '19' }, { rate: '7' }] }), 'paid 19 7 !');
    assert.equal(write(source, { open: '5', vat: [] }), '5 none');
  });

  test('names only what there is, and is told the nearest name', () => {
    const words: Words = { number: null, customer: { name: null }, vat: { rate: null } };
    const check = (source: string): void => checkWords(parseTemplate(source), words);
    check('{{number}} {{customer.name}} {{#each vat}}{{rate}}{{/each}}');
    assert.throws(() => check('a\n{{numbr}}'), problem(/no \{\{numbr\}\} \(line 2\)\. Did you mean number\?/));
    assert.throws(() => check('{{customer.nam}}'), problem(/Did you mean name/));
    assert.throws(() => check('{{#each vat}}{{number}}{{/each}}'), problem(/no \{\{number\}\}/));
    assert.throws(() => check('{{number.constructor}}'), problem(/no \{\{number\.constructor\}\}/));
    assert.throws(() => check('{{money number constructor}}'), problem(/constructor/));
  });
});

describe('A hostile template', () => {
  const refused = [
    '{{{raw}}}',
    '{{&raw}}',
    '{{> partial}}',
    '{{#> layout}}x{{/layout}}',
    '{{* decorator}}',
    '{{lookup this "constructor"}}',
    '{{#with this}}x{{/with}}',
    '{{log 1}}',
    '{{@root}}',
    '{{../up}}',
    '{{money (lookup a b) c}}',
    '{{money a=b}}',
    '{{#each}}x{{/each}}',
    '{{constructor "a"}}',
    '{{__proto__ "a"}}',
    '{{{{raw}}}} x {{{{/raw}}}}',
    '{{#if a}}',
    '{{a',
  ];
  for (const source of refused) test(`is refused: ${source}`, () => assert.throws(() => parseTemplate(source), TemplateProblem));

  test('sees nothing that a value has not of its own', () => {
    assert.equal(write('{{a.constructor.name}}{{toString}}{{__proto__.x}}{{a.length}}{{hasOwnProperty}}', { a: 'text' }), '');
  });

  test('ends after so many steps and characters, soon', () => {
    const rows = Array.from({ length: 1_000 }, () => ({ rows: Array.from({ length: 1_000 }, () => ({ a: 'x' })) }));
    const began = performance.now();
    assert.throws(() => write('{{#each rows}}{{#each rows}}{{a}}{{/each}}{{/each}}', { rows }), problem(/too long/));
    assert.throws(
      () => write('{{#each rows}}{{a}}{{/each}}', { rows: Array.from({ length: 5_000 }, () => ({ a: 'x'.repeat(1_000) })) }),
      problem(/too long/),
    );
    assert.throws(() => parseTemplate('{{#if a}}'.repeat(50) + '{{/if}}'.repeat(50)), problem(/deep/));
    assert.throws(() => parseTemplate('x'.repeat(50_001)), problem(/50000/));
    for (const piece of ['{{', '{{!--', '{{{{a', '{{#if a}}', '\\{{', '{{~', 'a\n ', '{{a.', '{{"', '{{[']) {
      try {
        parseTemplate(piece.repeat(Math.floor(50_000 / piece.length)));
      } catch (error) {
        assert.ok(error instanceof TemplateProblem, `${piece}: ${String(error)}`);
      }
    }
    assert.ok(performance.now() - began < 3_000, `took ${performance.now() - began} ms`);
  });
});
