import type { Account } from '#metadata/records.gen.ts';
import { exact, plain, sumOf } from '#platform/kernel/decimal.ts';
import { faultAt, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** A line as far as it is judged. */
export type CheckedLine = { readonly accountId: string; readonly debit?: string | null; readonly credit?: string | null };

/** The account of a line as far as it is judged. */
export type CheckedAccount = Pick<Account, 'id' | 'code' | 'isPostable' | 'isFrozen' | 'currency'>;

/**
 * What keeps these lines from being posted: too few of them, a line with both or neither side, accounts that take no postings or those in another currency only,
 * sums that differ.
 */
export function entryFaults(
  lines: readonly CheckedLine[],
  accounts: ReadonlyMap<string, CheckedAccount>,
  currency: string,
): readonly FieldError[] {
  const faults = lines.flatMap((line, position) => lineFaults(line, accounts.get(line.accountId), { position, currency }));
  if (faults.length > 0) return faults;
  const [debit, credit] = [sumOf(lines.map((line) => line.debit ?? 0)), sumOf(lines.map((line) => line.credit ?? 0))];
  if (lines.length < 2)
    return [fault('/lines', 'lines', { en: 'An entry has at least two lines.', de: 'Eine Buchung hat mindestens zwei Zeilen.' })];
  if (debit.eq(credit)) return [];
  const difference = plain(debit.minus(credit).abs());
  return [
    fault('/lines', 'balanced', {
      en: `Debit ${plain(debit)} and credit ${plain(credit)} differ by ${difference}.`,
      de: `Soll ${plain(debit)} und Haben ${plain(credit)} weichen um ${difference} voneinander ab.`,
    }),
  ];
}

function lineFaults(
  line: CheckedLine,
  account: CheckedAccount | undefined,
  at: { readonly position: number; readonly currency: string },
): readonly FieldError[] {
  const here = `/lines/${at.position}`;
  const row = at.position + 1;
  const sides = [line.debit, line.credit].filter((amount) => exact(amount ?? 0).gt(0)).length;
  const amounts =
    sides === 1
      ? []
      : [
          fault(`${here}/debit`, 'oneSide', {
            en: `Line ${row} has an amount either in debit or in credit.`,
            de: `Zeile ${row} hat einen Betrag entweder im Soll oder im Haben.`,
          }),
        ];
  return [...amounts, ...accountFaults(account, at).map((sentence) => fault(`${here}/accountId`, 'account', sentence))];
}

function accountFaults(
  account: CheckedAccount | undefined,
  { position, currency }: { position: number; currency: string },
): readonly Sentence[] {
  if (!account) return [{ en: `Line ${position + 1} has no account.`, de: `Zeile ${position + 1} hat kein Konto.` }];
  const { code } = account;
  if (account.isPostable === false)
    return [{ en: `${code} is a heading and takes no postings.`, de: `${code} ist eine Überschrift und nicht bebuchbar.` }];
  if (account.isFrozen === true) return [{ en: `The account ${code} is frozen.`, de: `Das Konto ${code} ist gesperrt.` }];
  if (account.currency && account.currency !== currency)
    return [
      {
        en: `The account ${code} is kept in ${account.currency}, not in ${currency}.`,
        de: `Das Konto ${code} wird in ${account.currency} geführt, nicht in ${currency}.`,
      },
    ];
  return [];
}

function fault(pointer: string, rule: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field: 'lines', rule }, sentence);
}
