import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { trusted } from '#platform/kernel/seam.ts';
import { asApplication, ask } from '#tests/support/books.ts';
import type { Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { signInAs } from '#tests/support/people.ts';
import { acceptedOffer, confirmedOrder, pathOf, salesOf, stocked, type Sales, type Start } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { upload } from '#tests/support/upload.ts';

const TEMPLATES = '/api/invoices/document-templates/invoice/de';
const START = '#import "letter.typ": *\n#show: letter.with(title: doc.title)\n';
/** A picture of one pixel. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

type News = { readonly what: string; readonly file: { readonly name: string } };

const isIssued = ({ what }: News): boolean => what === 'issued';

type Given = { readonly installation: Installation; readonly admin: Client; readonly sales: Sales; readonly start: Start };

let given: Given;

describe('Documents', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    const installation = await startInstallation();
    const sales = salesOf(installation.admin);
    given = { installation, admin: installation.admin, sales, start: await stocked(sales, { Chair: '1000' }) };
  });
  after(() => given.installation.stop());
  issuedDocuments();
  confirmedAnew();
  templatesOfDocuments();
});

function confirmedAnew(): void {
  test('of an order that changed since are printed anew when that is confirmed, and the earlier one stays, byte for byte', async () => {
    const { sales, start, admin } = given;
    const order = await confirmedOrder(sales, start, { Chair: '2' });
    const first = (await admin.get(`${order}/pdf`)).body;
    assert.equal((await sales.refused(order, 'confirm-changes')).code, 'wrong_state');
    await admin.patch(order, { notes: 'Call them' });
    assert.equal((await sales.read(order)).isConfirmationOutdated, false);
    const [{ id }] = (await sales.read(order)).lines;
    await admin.patch(order, { linesPatch: { upsert: [{ id, quantity: '3' }] } });
    assert.equal((await sales.read(order)).isConfirmationOutdated, true);
    assert.equal((await admin.get(`${order}/pdf`)).body, first);
    const { record } = await sales.act(order, 'confirm-changes');
    assert.deepEqual([record.isConfirmationOutdated, record.confirmationVersion], [false, 2]);
    assert.match((await pdfOf(order)).text, /Fassung 2|version 2/);
    assert.equal((await admin.get(`${order}/pdf?version=1`)).body, first);
    const { items } = (await admin.get(`${order}/pdf/versions`)).body;
    assert.deepEqual(
      items.map(({ version }: { version: number }) => version),
      [1, 2],
    );
    for (const [version, status] of [
      ['3', 404],
      ['0', 400],
      ['x', 400],
    ] as const)
      assert.equal((await admin.get(`${order}/pdf?version=${version}`)).status, status);
  });
}

function issuedDocuments(): void {
  test('are kept when an invoice is issued, say what the API says, and are the same bytes ever after', async () => {
    const path = await draftInvoice();
    const draft = await pdfOf(path);
    assert.ok(draft.text.includes('ENTWURF') && draft.headers.get('etag') === null);
    const issued = await given.sales.act(path, 'issue');
    assert.equal(issued.pdf, `${path}/pdf`);
    const first = await pdfOf(path);
    const { number, grossTotal } = issued.record;
    assert.equal(first.headers.get('content-type'), 'application/pdf');
    assert.ok(first.headers.get('content-disposition')?.includes(`inline; filename="Rechnung ${number}.pdf"`));
    assert.equal(grossTotal, '4407.17');
    for (const part of [number, 'Adler GmbH', 'Ring 1', 'Chair & table', '1.234,50', '3.703,50 €', '703,67 €', '4.407,17 €', 'Seite 1 / 1'])
      assert.ok(first.text.includes(part), `${part} is not in ${first.text}`);
    assert.ok(!first.text.includes('ENTWURF'));

    assert.equal((await saveTemplate(`${START}Ganz anders`)).status, 200);
    const company = (await given.admin.get('/api/platform/companies')).body.items[0];
    await given.admin.patch(`/api/platform/companies/${company.id}`, { phone: '+49 30 12345678' });
    const second = await pdfOf(path);
    assert.ok(second.bytes.equals(first.bytes));
    assert.equal((await pdfOf(path, given.admin, { 'if-none-match': first.headers.get('etag') ?? '' })).status, 304);
    assert.equal((await given.sales.act(path, 'issue')).pdf, `${path}/pdf`);
    const other = await draftInvoice();
    await given.sales.act(other, 'issue');
    assert.ok((await pdfOf(other)).text.includes('Ganz anders'));
    await resetTemplate();
  });

  test('cannot be changed or removed by the application itself, and their hash is told', async () => {
    const path = await draftInvoice();
    await given.sales.act(path, 'issue');
    const { bytes } = await pdfOf(path);
    const id = path.split('/').at(-1);
    const [event] = await ask(
      given.installation,
      'invoices',
      `select data from platform.outbox where type = 'DocumentIssued' and record_id = '${id}'`,
    );
    const told = trusted<{ hash: string; file: { id: string } }>(event?.['data']);
    assert.equal(told.hash, createHash('sha256').update(bytes).digest('hex'));
    for (const sql of [
      `update platform.file_chunk set bytes = '\\x00' where file_id = '${told.file.id}'`,
      `delete from platform.file where id = '${told.file.id}'`,
      `delete from platform.document where file_id = '${told.file.id}'`,
      `update platform.document set language = 'en' where file_id = '${told.file.id}'`,
    ])
      await assert.rejects(asApplication(given.installation, 'invoices', sql), /issued|permission denied/);
    const timeline = (await given.admin.get(`${path}/timeline`)).body.items;
    assert.deepEqual(
      timeline.filter(isIssued).map(({ file }: News) => file.name.startsWith('Rechnung IN-')),
      [true],
    );
  });

  test('are made by every step of the sales flow, in the language of the customer', async () => {
    const english = await given.sales.create('/api/customers/customers', {
      name: 'Müller & Sons Ltd',
      language: 'en',
      billingAddress: { street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' },
    });
    const offer = await acceptedOffer(given.sales, { ...given.start, customer: english }, { Chair: '10' });
    const order = await confirmedOrder(given.sales, { ...given.start, customer: english }, { Chair: '10' });
    const note = pathOf((await given.sales.act(order, 'create-delivery-note')).created);
    await given.sales.read(note);
    await given.sales.act(note, 'ship');
    const invoice = pathOf((await given.sales.act(note, 'create-invoice')).created);
    await given.sales.read(invoice);
    await given.sales.act(invoice, 'issue');
    const credit = pathOf((await given.sales.act(invoice, 'credit', { reason: 'Broken' })).created);
    await given.sales.act(credit, 'issue');
    for (const [path, title] of [
      [offer, 'Offer OF-'],
      [order, 'Order confirmation OR-'],
      [note, 'Delivery note DN-'],
      [invoice, 'Invoice IN-'],
      [credit, 'Credit note CN-'],
    ] as const) {
      const { text, headers } = await pdfOf(path);
      assert.ok(text.includes(title) && text.includes('Müller & Sons Ltd') && text.includes('Page 1 / 1'), `${path}: ${text}`);
      assert.ok(headers.get('etag'), `${path} is not kept`);
    }
    assert.ok((await pdfOf(invoice)).text.includes('€100.00'));
    assert.ok(!(await pdfOf(note)).text.includes('€'));
    const number = (await given.admin.get(invoice)).body.number;
    assert.ok((await pdfOf(credit)).text.includes(number));
  });

  test('bear the logo of the company', async () => {
    const file = await upload(given.admin, 'platform', { name: 'logo.png', content: new Uint8Array(DOT) });
    const company = (await given.admin.get('/api/platform/companies')).body.items[0];
    assert.equal((await given.admin.patch(`/api/platform/companies/${company.id}`, { logo: file.body.id })).status, 200);
    const path = await draftInvoice();
    await eventually('the mirror has the logo', async () => (await pdfOf(path)).bytes.includes('/Subtype /Image'));
    await given.sales.act(path, 'issue');
    assert.ok((await pdfOf(path)).bytes.includes('/Subtype /Image'));
  });
}

function templatesOfDocuments(): void {
  test('look as administrators want, with their own fields and formats, and nothing wrong can be saved', async () => {
    for (const field of [
      { name: 'deliveryDay', label: 'Delivery day', type: 'date' },
      { name: 'weight', label: 'Weight', type: 'decimal' },
      { name: 'mood', label: 'Mood', type: 'select', options: [{ key: 'good', label: { en: 'Good', de: 'Gut' } }] },
    ])
      assert.equal((await given.admin.post('/api/platform/objects/invoice/fields', field)).status, 201);
    const wrong = await saveTemplate(`${START}#doc.custom.deliveryDate`);
    assert.equal(wrong.status, 422);
    assert.deepEqual([wrong.body.errors[0].line, wrong.body.errors[0].pointer], [3, '/source']);
    assert.match(wrong.body.detail, /Did you mean deliveryDay\?/);
    assert.equal((await saveTemplate(`${START}#date(doc.custom.deliveryDay) / #number(doc.custom.weight) / #doc.custom.mood`)).status, 200);
    const path = await draftInvoice({ deliveryDay: '2026-03-09', weight: '12345.5', mood: 'good' });
    await given.sales.act(path, 'issue');
    assert.ok((await pdfOf(path)).text.includes('09.03.2026 / 12.345,5 / Gut'), (await pdfOf(path)).text);
    const saved = await template();
    assert.equal((await given.admin.put(TEMPLATES, { source: START }, { 'if-match': `"${saved.version - 1}"` })).status, 412);
    assert.equal((await given.admin.put(TEMPLATES, { source: START })).status, 428);
    const seen = await given.admin.post(`${TEMPLATES}/preview`, { source: `${START}Hello`, id: path.split('/').at(-1) });
    assert.ok(seen.status === 200 && seen.body.svg.startsWith('<svg') && seen.body.pages === 1);
    assert.equal((await given.admin.post(`${TEMPLATES}/preview`, { source: `${START}\n#nothing` })).body.errors[0].line, 4);
    await resetTemplate();
    assert.deepEqual([(await template()).isOwn, (await template()).source], [false, saved.shipped]);
    const versions = (await given.admin.get(TEMPLATES)).body.versions;
    assert.ok(versions.length >= 2 && versions[0]?.isReset === true);
    assert.match((await given.admin.get(`${TEMPLATES}/versions/${saved.version}`)).body.source, /doc\.custom\.mood/);
  });

  test('are refused with the template and the way out when it fails on a record, and no number is lost', async () => {
    const failing = `${START}#if doc.customerReference == "boom" { panic("no") } else [ok]`;
    assert.equal((await saveTemplate(failing)).status, 200);
    const path = await draftInvoice({ customerReference: 'boom' });
    const refused = await given.sales.refused(path, 'issue');
    assert.equal(refused.code, 'template_problem');
    assert.match(refused.detail, /The template of Invoice \(de\) cannot be printed in line 3: .*go back to the shipped one\./);
    const record = (await given.admin.get(path)).body;
    assert.deepEqual([record.status, record.number], ['draft', null]);
    await resetTemplate();
    assert.equal((await given.sales.act(path, 'issue')).record.status, 'issued');
    const [gap] = await ask(
      given.installation,
      'invoices',
      'select count(*) <> max(right(number, 5)::integer) as gap from records.invoice where number is not null',
    );
    assert.equal(gap?.['gap'], false);
  });

  test('are for those who may read what they show, and templates for administrators alone', async () => {
    const path = await draftInvoice();
    await given.sales.act(path, 'issue');
    const viewer = await signInAs(given.installation, 'viewer');
    assert.equal((await pdfOf(path, viewer)).status, 200);
    const hidden = { access: { read: ['sales'], edit: ['sales'] } };
    assert.equal((await given.admin.patch('/api/platform/objects/invoice_line/fields/unitPrice', hidden)).status, 200);
    const refused = await eventually('the right is gone', async () => {
      const answer = await pdfOf(path, viewer);
      return answer.status === 403 && answer;
    });
    assert.match(refused.text, /shows what you may not read/);
    assert.equal((await viewer.get('/api/invoices/document-templates')).status, 403);
    assert.equal((await viewer.put(TEMPLATES, { source: '' }, { 'if-match': '"0"' })).status, 403);
    assert.equal((await given.admin.get('/api/customers/customers/01890a5d-ac96-774b-bcce-b302099a8057/pdf')).status, 404);
  });
}

const pdfOf = async (path: string, by: Client = given.admin, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${given.installation.url}${path}/pdf`, { headers: { authorization: `Bearer ${by.token}`, ...headers } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes, text: answer.status === 200 ? pdfText(bytes) : bytes.toString() };
};
const draftInvoice = async (values: object = {}): Promise<string> => {
  const lines = [{ description: 'Chair & table', quantity: '3', unitPrice: '1234.5', vatCategory: 'S', vatRate: '19' }];
  const invoice = await given.sales.create('/api/invoices/invoices', { customerId: given.start.customer.id, lines, ...values });
  return `/api/invoices/invoices/${invoice.id}`;
};
const template = async (): Promise<{ version: number; shipped: string; source: string; isOwn: boolean }> =>
  (await given.admin.get(TEMPLATES)).body;
const saveTemplate = async (source: string) => given.admin.put(TEMPLATES, { source }, { 'if-match': `"${(await template()).version}"` });
const resetTemplate = async (): Promise<void> => {
  const answer = await fetch(`${given.installation.url}${TEMPLATES}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${given.admin.token}`, 'if-match': `"${(await template()).version}"` },
  });
  assert.equal(answer.status, 200);
};
