import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { checkTemplate, type Candidate } from '#platform/documents/check-template.ts';
import { documentData } from '#platform/documents/document-data.ts';
import { PrintError, type PrintJob } from '#platform/documents/print-job.ts';
import { openPrinter } from '#platform/documents/printer.ts';
import { shippedTemplate } from '#platform/documents/templates.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { loadStandard } from '#platform/metadata/load.ts';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { indexSchema } from '#platform/metadata/schema-index.ts';
import { modules } from '#tests/support/installation.ts';
import { pdfText } from '#tests/support/pdf-text.ts';

const METADATA = new URL('../../metadata', import.meta.url).pathname;

describe('A document is printed', async () => {
  const { objects } = await loadStandard(METADATA);
  const printer = openPrinter();
  const strict = openPrinter({ milliseconds: 1000, megabytes: 250 });
  after(() => {
    printer.stop();
    strict.stop();
  });
  const documents = modules.flatMap((module) => module.documents.map((definition) => ({ module: module.name, definition })));
  const candidate = (name: string, language: string, source?: string): Candidate => {
    const found = documents.find(({ definition }) => definition.object === name);
    assert.ok(found, `nothing is printed of ${name}`);
    const index = indexSchema(moduleSchema(objects, found.module, 1));
    const object = index.byName.get(name);
    assert.ok(object);
    const shipped = shippedTemplate(found.module, name, language) ?? '';
    return { index, object, definition: found.definition, language, source: source ?? shipped };
  };
  const jobOf = (of: Candidate, record: RecordValues = of.definition.sample.record): PrintJob => {
    const content = of.definition.content(record, of.definition.sample.facts, of.language);
    const data = documentData({ ...of, record, content, isDraft: false });
    return { source: of.source, data, pictures: [], atSeconds: 1_770_000_000, as: 'pdf' };
  };
  const invoice = (source?: string): Candidate => candidate('invoice', 'de', source);
  const refusal = async (source: string): Promise<{ message: string; line: number | null }> => {
    const error = await strict.print(jobOf(invoice(source))).then(
      () => null,
      (problem: unknown) => problem,
    );
    assert.ok(error instanceof PrintError, `it was printed: ${source}`);
    return { message: error.message, line: error.line };
  };

  test('by every shipped template, in English and German, with all there is to say and with next to nothing', async () => {
    for (const { definition } of documents)
      for (const language of ['en', 'de']) {
        const of = candidate(definition.object, language);
        assert.notEqual(of.source, '', `${definition.object} has no template in ${language}`);
        await checkTemplate(printer, of);
      }
  });

  test('with the same bytes for the same values, whichever process prints it', async () => {
    const other = openPrinter();
    const [first, again, elsewhere] = [
      await printer.print(jobOf(invoice())),
      await printer.print(jobOf(invoice())),
      await other.print(jobOf(invoice())),
    ];
    other.stop();
    assert.ok(first.bytes.equals(again.bytes) && first.bytes.equals(elsewhere.bytes));
  });

  test('in the letters of Europe, with what nobody would call a name, literally', async () => {
    const hostile = '#import "@preview/x:1.0.0" $x$ <script>alert(1)</script> *fett* _k_ #{1+1} \\ "]';
    const names = ['Ąžuolas Łódź Țăran Œuvre ẞ', 'Ελληνικά', 'Кириллица і Їжак', 'Nguyễn Văn', hostile];
    const record = invoice().definition.sample.record;
    const lines = names.map((description) => ({ description, quantity: '1', unitPrice: '1', amount: '1.00' }));
    const { bytes } = await printer.print(jobOf(invoice(), { ...record, customerName: `${hostile} & Söhne`, lines }));
    const text = pdfText(bytes).replaceAll('\n', '').replaceAll(' ', '');
    for (const name of [...names, `${hostile} & Söhne`]) assert.ok(text.includes(name.replaceAll(' ', '')), `${name} is not in ${text}`);
  });

  test('though a name has 10,000 characters without a blank, or no font has its letters', async () => {
    const record = invoice().definition.sample.record;
    const lines = [{ description: 'x'.repeat(10_000), quantity: '1', unitPrice: '1', amount: '1.00' }];
    const long = await printer.print(jobOf(invoice(), { ...record, customerName: 'y'.repeat(10_000), lines }));
    assert.ok(pdfText(long.bytes).replaceAll(/[^x]/g, '').length >= 10_000);
    await printer.print(jobOf(invoice(), { ...record, customerName: '日本語 العربية' }));
  });

  test('with 500 lines over many pages, the head of the table on each', async () => {
    const record = invoice().definition.sample.record;
    const lines = Array.from({ length: 500 }, (_, at) => ({
      description: `Line ${at + 1} of five hundred`,
      quantity: '1',
      unitPrice: '1',
      amount: '1.00',
    }));
    const started = performance.now();
    const { bytes, pages } = await printer.print(jobOf(invoice(), { ...record, lines }));
    const text = pdfText(bytes);
    assert.ok(pages > 10 && text.includes('Line 500 of five hundred') && text.includes(`Seite ${pages} / ${pages}`));
    // The sums may have the last page for themselves.
    assert.ok(text.split('Bezeichnung').length - 1 >= pages - 1);
    assert.ok(performance.now() - started < 10_000);
  });

  test('but not by a template that does not end, grows, or reaches for files, packages and the network', async () => {
    assert.match((await refusal('#for a in range(100000) { for b in range(100000) {} }')).message, /^It takes longer than 1 s/);
    assert.match((await refusal('#let all = ("x",)\n#for n in range(40) { all = all + all }')).message, /memory|longer|to its end/);
    assert.match((await refusal('#for n in range(20000) [#lorem(200)\n\n]')).message, /memory|pages|longer/);
    assert.equal((await refusal('Hello\n\n#read("/etc/passwd")')).line, 3);
    assert.match((await refusal('#read("../../package.json")')).message, /reads no files/);
    assert.match((await refusal('#image("/etc/hostname")')).message, /reads no files/);
    assert.match((await refusal('#import "@preview/cetz:0.3.1": *')).message, /imports no packages/);
    assert.match((await refusal('#import ("@loc" + "al/x:1.0.0"): *')).message, /imports no packages/);
    assert.match((await refusal('#let f(n) = f(n + 1)\n#f(0)')).message, /depth/);
    assert.equal((await strict.print(jobOf(invoice()))).pages, 1);
  });

  test('and a template that names what documents do not have is refused when it is saved, with its line', async () => {
    const refused = async (source: string) => {
      const error: unknown = await checkTemplate(printer, invoice(source)).catch((problem: unknown) => problem);
      assert.ok(error instanceof Refusal, `it was taken: ${source}`);
      return error.details.errors?.map(({ line, message }) => [line, message]);
    };
    const start = '#import "letter.typ": *\n';
    assert.deepEqual(await refused(`${start}#if false [#doc.totals.gros]`), [[2, 'There is no doc.totals.gros. Did you mean gross?']]);
    assert.deepEqual(await refused(`${start}#doc.custom.unheardOf`), [[2, 'There is no doc.custom.unheardOf.']]);
    assert.deepEqual(await refused(`${start}\n#mony(doc.totals.gross)`), [[3, 'Unknown variable: mony.']]);
    assert.deepEqual(await refused(`${start}#for line in doc.lines [#line.prize]`), [[2, 'Dictionary does not contain key "prize".']]);
  });
});
