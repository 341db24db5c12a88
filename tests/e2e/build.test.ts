import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const BOOKS = '/api/crm/books';
const ROWS = 1000;
/** Of the fields that a book has in the end. */
const TYPES = 'boolean color date integer lookup money rating richText select tags text url'.split(' ');

/** A shop's list of books: every hundredth has a number of pages that is none. */
function file(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, at) => `Book ${at},${at % 100 === 9 ? 'many' : 100 + at},${at % 2 ? 'Poem' : 'Novel'}`);
  return Buffer.from(`Name,Pages,Genre\r\n${rows.join('\r\n')}\r\n`);
}

describe('A small application is built in the browser and taken to another installation', { skip }, () => {
  let visitor: Visit;
  let other: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
  });
  after(async () => {
    await other?.end();
    await visitor?.end();
  });

  test('Two objects are made', async () => {
    for (const label of ['Author', 'Book']) await newObject(visitor, label);
  });

  test('The relation is made from its other side: authors get a list of books', async () => {
    await visitor.open('/settings/objects/author');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('combobox', { name: 'Or: another object refers to Authors' }).click();
    await page.getByRole('option', { name: 'Book', exact: true }).click();
    await page.getByRole('dialog', { name: 'New field of Book' }).getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Author is there.').waitFor();
  });

  test('Ten fields of ten types are made one after the other, without leaving the dialog', async () => {
    await visitor.open('/settings/objects/book');
    await page.getByRole('button', { name: 'New field' }).click();
    await newField(page, 'Choice', 'Genre', async () => {
      await page.getByRole('textbox', { name: 'Option 1' }).fill('Novel');
      await page.getByRole('textbox', { name: 'Option 2' }).fill('Poem');
    });
    for (const [type, label] of [
      ['Whole number', 'Pages'],
      ['Money', 'Price'],
      ['Date', 'Published'],
      ['Yes / no', 'In print'],
      ['Rating', 'Stars'],
      ['Link', 'Website'],
      ['Formatted text', 'Blurb'],
      ['Colour', 'Cover'],
      ['Tags', 'Keywords'],
    ] as const)
      await newField(page, type, label);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const { fields } = (await visitor.installation.admin.get('/api/platform/objects/book')).body;
    const own = fields.filter((field: { system?: boolean }) => field.system !== true).map((field: { type: string }) => field.type);
    assert.deepEqual(own.toSorted(), TYPES);
  });

  test('The page of a book gets a second tab', async () => {
    await visitor.open('/settings/objects/book?tab=layouts');
    await page.getByRole('button', { name: 'Add tab' }).click();
    await page.getByLabel('Title of the tab, English').fill('Shelf life');
    await page.getByLabel('Title of the tab, German').fill('Werdegang');
    await page.getByRole('button', { name: 'Add section' }).click();
    await page.getByLabel('Title of the section, English').fill('Record');
    await page.getByRole('button', { name: 'Place Version' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The layout is in force.').waitFor();
  });

  test('A thousand books are imported; the ten bad ones say why', async () => {
    await importFile(visitor);
    assert.equal(await page.locator('tbody tr').count(), 10);
    assert.equal((await visitor.installation.admin.get(`${BOOKS}?limit=1&count=exact`)).body.count, ROWS - 10);
  });

  test('The list becomes a board by genre, and the board a view for everyone', async () => {
    await visitor.open('/o/book');
    await page.getByText('Board', { exact: true }).locator('xpath=ancestor::label').click();
    await page.locator('.board-column', { hasText: 'Poem' }).getByRole('link', { name: 'Book 999', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Shelf');
    await page.getByRole('combobox', { name: 'For whom' }).click();
    await page.getByRole('option', { name: 'For everyone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'Shelf', selected: true }).waitFor();
  });

  test('A book leads to its author', async () => {
    const { admin } = visitor.installation;
    const author = (await admin.post('/api/crm/authors', { name: 'Mascha Kaléko' })).body.id;
    const [book] = (await admin.get(`${BOOKS}?filter[name]=Book%201`)).body.items;
    await admin.patch(`${BOOKS}/${book.id}`, { authorId: author });
    await visitor.open(`/o/book/${book.id}`);
    await page.getByRole('heading', { level: 1, name: 'Book 1' }).waitFor();
    await page.getByRole('tab', { name: 'Shelf life' }).click();
    await page.getByText('Version', { exact: true }).waitFor();
    await assertAccessible(page, 'a book');
    await visitor.open(`/o/author/${author}`);
    await page.getByRole('link', { name: 'Book 1', exact: true }).waitFor();
  });

  test('Downloaded as a file and applied to an empty installation, it is the same there', async () => {
    const bundle = await download(visitor);
    other = await visit();
    await other.open('/settings/files');
    const chooser = other.page.waitForEvent('filechooser');
    await other.page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({ name: 'application.json', mimeType: 'application/json', buffer: Buffer.from(bundle) });
    await other.page.getByRole('table', { name: 'Plan' }).getByRole('row', { name: 'Add book.pages' }).waitFor();
    await other.page.getByRole('button', { name: 'Apply this plan' }).click();
    await other.page.getByText('Applied as version').first().waitFor();
    assert.deepEqual(JSON.parse(await download(other)), JSON.parse(bundle));
    await other.installation.admin.post(BOOKS, { name: 'First here', genre: 'poem', pages: 12 });
    await other.open('/o/book');
    await other.page.getByRole('tab', { name: 'Shelf' }).click();
    await other.page.locator('.board-column', { hasText: 'Poem' }).getByRole('link', { name: 'First here' }).waitFor();
  });

  test('Neither browser complained about anything', () => {
    assert.deepEqual([...visitor.complaints, ...other.complaints], []);
  });
});

async function importFile({ page, open }: Visit): Promise<void> {
  await open('/o/book/import');
  await page.locator('input[type=file]').setInputFiles({ name: 'books.csv', mimeType: 'text/csv', buffer: file() });
  await page.getByText('What is in the columns of books.csv?').waitFor();
  await page.getByRole('button', { name: 'Try it first' }).click();
  await page.getByText('Nothing was written. This is what the import would do.').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('The import is done.').waitFor();
}

async function newObject({ page, open }: Visit, label: string): Promise<void> {
  await open('/settings/objects');
  await page.getByRole('button', { name: 'New object' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (one)').fill(label);
  await dialog.getByLabel('Name (many)').fill(`${label}s`);
  await dialog.getByRole('combobox', { name: 'Module' }).click();
  await page.getByRole('option', { name: 'CRM' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${label} is there`).waitFor();
}

/** One field in the dialog that stands open; the dialog then asks for the next one. */
async function newField(page: Page, type: string, label: string, settle: () => Promise<void> = async () => undefined): Promise<void> {
  await page.getByRole('textbox', { name: 'Search types' }).fill(type);
  await page
    .getByRole('button', { name: new RegExp(`^${type}`) })
    .first()
    .click();
  await page.getByLabel('Label').fill(label);
  await settle();
  await page.getByRole('button', { name: 'Save and next' }).click();
  await page.getByText(`${label} is there.`).waitFor();
  await page.getByRole('textbox', { name: 'Search types' }).waitFor();
}

/** What administrators made, as the browser downloads it. */
async function download(visitor: Visit): Promise<string> {
  await visitor.open('/settings/files');
  const waiting = visitor.page.waitForEvent('download');
  await visitor.page.getByRole('button', { name: 'Download' }).click();
  return readFile(await (await waiting).path(), 'utf8');
}
