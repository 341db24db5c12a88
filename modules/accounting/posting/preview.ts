import type { JournalEntry, Period, PostingRule } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { accountsOf } from '../journal/accounts.ts';
import { post } from '../commands/post.ts';
import type { Fault } from '../rules/rule-lines.ts';
import { asPosting } from './decide.ts';
import type { PostingDocument } from './document.ts';
import { takeAll } from './take.ts';

/** A line of an entry that is looked at: its account by number and name, amounts in the currency of the entry. */
export type PreviewLine = {
  readonly [value in 'debit' | 'credit' | 'text' | 'vatRate']: string | null;
} & { readonly accountId: string; readonly account: string };

/** An entry that would be; `total` is the sum of either side. */
export type PreviewedEntry = {
  readonly [value in 'date' | 'period' | 'description' | 'currency' | 'total']: string;
} & { readonly lines: readonly PreviewLine[] };

/** What would be posted; else why not, or nothing at all. `before` is the rule that would be taken instead of the one that was asked about. */
export type Preview = {
  readonly entry: PreviewedEntry | null;
  readonly fault: Fault | null;
  readonly rule: Named | null;
  readonly before: Named | null;
};

type Named = Pick<PostingRule, 'id' | 'name'>;

const RULES_MAX = 500;

/** What posting a document would make. By a rule that is asked about, those before it are left aside, and named. */
export async function previewOfDocument(work: Work, document: PostingDocument, asked: PostingRule | null): Promise<Preview> {
  const before = asked && (await leaveAsideBefore(work, document, asked));
  const [outcome] = await takeAll(work, [document]);
  const entry = outcome?.entryId ? await work.get<JournalEntry>('journal_entry', outcome.entryId) : null;
  const rule = outcome?.ruleId ? await work.get<PostingRule>('posting_rule', outcome.ruleId) : null;
  const fault = outcome?.reason ? { reason: outcome.reason, detail: outcome.detail ?? '' } : null;
  return { entry: entry && (await told(work, entry)), fault, rule: named(rule), before: named(before) };
}

/** What posting a draft would make; refuses what posting it would refuse. */
export async function previewOfDraft(work: Work, draft: JournalEntry): Promise<Preview> {
  const result = await post.run?.(work, draft, {}, {});
  return { entry: await told(work, { ...draft, ...result?.values }), fault: null, rule: null, before: null };
}

/** Leaves other rules for the event aside, so that this one is tried; answers the one that would have been taken before it. */
async function leaveAsideBefore(work: Work, document: PostingDocument, asked: PostingRule): Promise<PostingRule | null> {
  const others = await work.query<PostingRule>('posting_rule', {
    filter: { isActive: true, event: asked.event, id: { ne: asked.id } },
    sort: 'priority,name',
    limit: RULES_MAX,
  });
  for (const { id } of others) await work.save('posting_rule', { id, isActive: false });
  const comesBefore = ({ priority, name }: PostingRule): boolean =>
    priority < asked.priority || (priority === asked.priority && name < asked.name);
  const fits = ({ condition }: PostingRule): boolean => !condition || work.meets('posting', asPosting(document), condition) === true;
  return others.find((rule) => comesBefore(rule) && fits(rule)) ?? null;
}

async function told(work: Work, entry: JournalEntry): Promise<PreviewedEntry> {
  const lines = entry.lines ?? [];
  const accounts = await accountsOf(
    work,
    lines.map(({ accountId }) => accountId),
  );
  const period = entry.periodId ? await work.get<Period>('period', entry.periodId) : null;
  const { date, description, currency, total } = entry;
  return {
    date,
    description: description ?? '',
    currency: currency ?? '',
    total: total ?? '',
    period: period?.name ?? '',
    lines: lines.map(({ accountId, debit, credit, text, vatRate }) => {
      const account = accounts.get(accountId);
      const title = account?.title ?? account?.code ?? '';
      return { accountId, account: title, debit: debit ?? null, credit: credit ?? null, text: text ?? null, vatRate: vatRate ?? null };
    }),
  };
}

function named(rule: PostingRule | null): Named | null {
  return rule && { id: rule.id, name: rule.name };
}
