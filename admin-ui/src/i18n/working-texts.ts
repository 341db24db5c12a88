import { documentsTexts } from './texts/documents.ts';
import { allocateTexts } from './texts/allocate.ts';
import { approvalsTexts } from './texts/approvals.ts';
import { bankTexts } from './texts/bank.ts';
import { hashChainTexts } from './texts/hash-chain.ts';
import { entryPreviewTexts } from './texts/entry-preview.ts';
import { fieldsTexts } from './texts/fields.ts';
import { filesTexts } from './texts/files.ts';
import { importTexts } from './texts/import.ts';
import { layoutsTexts } from './texts/layouts.ts';
import { lifeTexts } from './texts/life.ts';
import { objectTabsTexts } from './texts/object-tabs.ts';
import { optionListsTexts } from './texts/option-lists.ts';
import { retypeTexts } from './texts/retype.ts';
import { messagePreviewTexts } from './texts/message-preview.ts';
import { mergeTexts } from './texts/merge.ts';
import { misfitsTexts } from './texts/misfits.ts';
import { myDayTexts } from './texts/my-day.ts';
import { pricesTexts } from './texts/prices.ts';
import { recordsTexts } from './texts/records.ts';
import { reportsTexts } from './texts/reports.ts';
import { auditTexts } from './texts/audit.ts';
import { stockTexts } from './texts/stock.ts';
import { setupTexts } from './texts/setup.ts';
import { usageTexts } from './texts/usage.ts';
import { viewsTexts } from './texts/views.ts';

/** The sentences of everything behind the first page: what shows or takes values of fields, and the set-up. They come with it. */
export const workingTexts = {
  ...documentsTexts,
  ...allocateTexts,
  ...approvalsTexts,
  ...bankTexts,
  ...hashChainTexts,
  ...entryPreviewTexts,
  ...fieldsTexts,
  ...filesTexts,
  ...importTexts,
  ...layoutsTexts,
  ...lifeTexts,
  ...objectTabsTexts,
  ...optionListsTexts,
  ...retypeTexts,
  ...messagePreviewTexts,
  ...mergeTexts,
  ...misfitsTexts,
  ...myDayTexts,
  ...pricesTexts,
  ...recordsTexts,
  ...reportsTexts,
  ...setupTexts,
  ...auditTexts,
  ...stockTexts,
  ...usageTexts,
  ...viewsTexts,
} as const;
