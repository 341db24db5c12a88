import type { BankCsvFormat, BankStatement, BankTransaction, OwnBankAccount } from '#metadata/records.gen.ts';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { bankStatementImported } from '../events.ts';
import type { ParsedStatement, ParsedTransaction } from '../rules/bank-statement.ts';
import { csvStatement } from '../rules/csv-statement.ts';
import { digestOf, keysOf } from './fingerprint.ts';

type Input = { content: string; fileName?: string | null; openingBalance?: string | null; closingBalance?: string | null };

/** Takes a statement of the bank: opening and entries must be closing, the same file never comes twice, nor does a transaction; a gap to the one before is told. */
export const importStatement = defineCommand<OwnBankAccount, Input>({
  object: 'own_bank_account',
  name: 'importStatement',
  run: async (work, account, input) => {
    const format = account.csvFormatId ? await work.get<BankCsvFormat>('bank_csv_format', account.csvFormatId) : null;
    if (!format)
      throw new Refusal('wrong_state', {
        en: 'This bank account has no CSV format yet. Choose one, so that its statements can be read.',
        de: 'Dieses Bankkonto hat noch kein CSV-Format. Wählen Sie eines, damit sich seine Auszüge lesen lassen.',
      });
    const fingerprint = await digestOf(`${account.id} ${input.content}`);
    await refuseKnown(work, fingerprint);
    const parsed = csvStatement(input.content, format);
    refuseOtherCurrency(parsed, account);
    const previous = await lastOf(work, account);
    const balances = balancesOf(parsed, { ...input, previous: previous?.closingBalance ?? null, currency: account.currency });
    const keys = await keysOf(account.id, parsed.transactions);
    const known = await knownOf(work, keys);
    const rows = parsed.transactions.flatMap((row, index) => (known.has(keys[index] ?? '') ? [] : [{ row, key: keys[index] ?? '' }]));
    if (rows.length === 0) throw allKnown(known.size);
    const gap = previous && known.size === 0 ? exact(balances.openingBalance).minus(previous.closingBalance ?? 0) : exact(0);
    const statement = await work.create<BankStatement>('bank_statement', uuidV7(), {
      bankAccountId: account.id,
      companyId: account.companyId ?? null,
      fileName: input.fileName ?? null,
      fingerprint,
      since: parsed.transactions[0]?.date,
      until: parsed.transactions.at(-1)?.date,
      currency: account.currency,
      ...balances,
      transactions: rows.length,
      known: known.size,
      gap: gap.isZero() ? null : toCurrency(gap, account.currency),
    });
    for (const { row, key } of rows) await addTransaction(work, { account, statement }, { row, key });
    await told(work, statement);
    return { created: [{ object: 'bank_statement', id: statement.id }] };
  },
});

async function addTransaction(
  work: Work,
  { account, statement }: { account: OwnBankAccount; statement: BankStatement },
  { row, key }: { row: ParsedTransaction; key: string },
): Promise<void> {
  const { date, valueDate, amount, name, iban, text, reference } = row;
  await work.create<BankTransaction>('bank_transaction', uuidV7(), {
    statementId: statement.id,
    bankAccountId: account.id,
    companyId: account.companyId ?? null,
    date,
    valueDate,
    amount: toCurrency(amount, account.currency),
    size: toCurrency(exact(amount).abs(), account.currency),
    currency: account.currency,
    name,
    iban,
    text: text || name || key,
    bankReference: reference,
    key,
  });
}

async function told(work: Work, statement: BankStatement): Promise<void> {
  await work.emit(bankStatementImported, `bank_statement/${statement.id}`, {
    statementId: statement.id,
    bankAccountId: statement.bankAccountId,
    companyId: statement.companyId ?? null,
    number: statement.number ?? null,
    from: statement.since,
    to: statement.until,
    currency: statement.currency,
    openingBalance: statement.openingBalance ?? '0',
    closingBalance: statement.closingBalance ?? '0',
    transactions: statement.transactions ?? 0,
  });
}

type Known = Pick<Input, 'openingBalance' | 'closingBalance'> & { readonly previous: string | null; readonly currency: string };

function balancesOf(
  parsed: ParsedStatement,
  { openingBalance, closingBalance, previous, currency }: Known,
): { openingBalance: string; closingBalance: string } {
  const sum = sumOf(parsed.transactions.map(({ amount }) => amount));
  const opening = openingBalance ?? parsed.openingBalance ?? previous ?? '0';
  const closing = closingBalance ?? parsed.closingBalance ?? exact(opening).plus(sum).toFixed();
  const difference = exact(closing).minus(opening).minus(sum);
  if (!difference.isZero()) {
    const money = toCurrency(difference, currency);
    const said = {
      en: `The statement does not balance: opening ${opening} and its transactions are ${money} ${currency} off closing ${closing}. Some of it is missing, or columns are read wrongly.`,
      de: `Der Auszug geht nicht auf: Anfangssaldo ${opening} und Umsätze weichen um ${money} ${currency} vom Endsaldo ${closing} ab. Etwas fehlt, oder Spalten werden falsch gelesen.`,
    };
    throw invalidValues([faultAt({ pointer: '/content', field: 'content', rule: 'balance' }, said)]);
  }
  return { openingBalance: toCurrency(opening, currency), closingBalance: toCurrency(closing, currency) };
}

async function lastOf(work: Work, { id }: OwnBankAccount): Promise<BankStatement | null> {
  const [last] = await work.query<BankStatement>('bank_statement', { filter: { bankAccountId: id }, sort: '-until,-createdAt', limit: 1 });
  return last ?? null;
}

const AT_ONCE = 500;

async function knownOf(work: Work, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const filter = { key: { in: keys.slice(at, at + AT_ONCE) } };
    for (const { key } of await work.query<BankTransaction>('bank_transaction', { filter, fields: 'key', limit: AT_ONCE })) known.add(key);
  }
  return known;
}

async function refuseKnown(work: Work, fingerprint: string): Promise<void> {
  const [known] = await work.query<BankStatement>('bank_statement', { filter: { fingerprint }, limit: 1 });
  if (known)
    throw new Refusal('duplicate', {
      en: `This file was imported already, as ${known.number ?? ''}.`,
      de: `Diese Datei wurde schon importiert, als ${known.number ?? ''}.`,
    });
}

function refuseOtherCurrency({ transactions }: ParsedStatement, { currency }: OwnBankAccount): void {
  const other = transactions.find((row) => row.currency !== null && row.currency !== currency);
  if (!other) return;
  const said = {
    en: `The file has ${other.currency ?? ''}, the bank account is in ${currency}.`,
    de: `Die Datei hat ${other.currency ?? ''}, das Bankkonto ist in ${currency}.`,
  };
  throw invalidValues([faultAt({ pointer: '/content', field: 'content', rule: 'currency' }, said)]);
}

function allKnown(count: number): Refusal {
  return new Refusal('duplicate', {
    en: `All ${count} transactions of this file are there already.`,
    de: `Alle ${count} Umsätze dieser Datei sind schon da.`,
  });
}
