import type { Account, AccountBalance } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

type Facts = { readonly parent?: readonly Account[]; readonly posted?: readonly AccountBalance[] };

/** An account is called by number and name, is of the type of what it is part of, and keeps type and currency once something is posted to it. */
export const deriveAccount = defineHook<Account, Facts>({
  object: 'account',
  name: 'deriveAccount',
  needs: (draft, before) => ({
    ...(draft.parentId && (draft.parentId !== before?.parentId || draft.type !== before?.type)
      ? { parent: { object: 'account', filter: { id: draft.parentId }, limit: 1 } }
      : {}),
    ...(before && changesNature(draft, before) ? { posted: { object: 'account_balance', filter: { accountId: draft.id }, limit: 1 } } : {}),
  }),
  derive: (draft, { parent = [], posted = [] }, before) => {
    const faults = [...parentFaults(draft, parent[0]), ...(before && posted.length > 0 ? postedFaults(draft, before) : [])];
    if (faults.length > 0) throw invalidValues(faults);
    return { title: `${draft.code} ${draft.name}` };
  },
  remove: (account) => {
    if (account.role === 'receivables' || account.role === 'retainedEarnings')
      throw new Refusal('in_use', {
        en: `${account.title ?? account.code} is needed by every posting; take its role away first.`,
        de: `${account.title ?? account.code} wird für jede Buchung gebraucht; nehmen Sie ihm zuerst die Rolle.`,
      });
  },
});

function changesNature(draft: Account, before: Account): boolean {
  return draft.type !== before.type || (draft.currency ?? null) !== (before.currency ?? null) || draft.isPostable !== before.isPostable;
}

function parentFaults({ type, id, parentId }: Account, parent: Account | undefined): readonly FieldError[] {
  if (parentId && parentId === id)
    return [fault('parentId', 'self', { en: 'An account is not part of itself.', de: 'Ein Konto ist kein Teil von sich selbst.' })];
  if (!parent) return [];
  if (parent.isPostable === true)
    return [
      fault('parentId', 'heading', {
        en: `${parent.code} takes postings and is no heading.`,
        de: `${parent.code} ist bebuchbar und keine Überschrift.`,
      }),
    ];
  if (parent.type === type) return [];
  return [
    fault('type', 'parentType', {
      en: `${parent.code} is of another type; what is part of it is of the same.`,
      de: `${parent.code} ist von anderer Art; was dazugehört, ist von derselben.`,
    }),
  ];
}

function postedFaults(draft: Account, before: Account): readonly FieldError[] {
  const said: Sentence = {
    en: 'Something is posted to this account: it stays as it is.',
    de: 'Auf dieses Konto ist gebucht: Das bleibt, wie es ist.',
  };
  return [
    ...(draft.type === before.type ? [] : [fault('type', 'posted', said)]),
    ...((draft.currency ?? null) === (before.currency ?? null) ? [] : [fault('currency', 'posted', said)]),
    ...(draft.isPostable === before.isPostable ? [] : [fault('isPostable', 'posted', said)]),
  ];
}

function fault(field: string, rule: string, sentence: Sentence): FieldError {
  return faultAt({ pointer: `/${field}`, field, rule }, sentence);
}
