import type { ToldAccount } from './account-tree.ts';
import { accountName } from './account-tree.ts';

/** An entry as the export tells it. */
export type ExportedEntry = {
  readonly number: string | null;
  readonly date: string;
  readonly documentType: string | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly currency: string;
  readonly lines: readonly ExportedLine[];
};

export type ExportedLine = {
  readonly accountId: string;
  readonly debit: string | null;
  readonly credit: string | null;
  readonly text: string | null;
};

/** The types of accounts as plain-text accounting knows them. */
const ROOTS: Readonly<Record<ToldAccount['type'], readonly [name: string, type: string]>> = {
  asset: ['assets', 'A'],
  liability: ['liabilities', 'L'],
  equity: ['equity', 'E'],
  income: ['revenues', 'R'],
  expense: ['expenses', 'X'],
};

/** What an account is called there: its type, number and name. Two blanks would end the name, colons divide it, a semicolon begins a comment. */
export function exportedName(account: ToldAccount): string {
  return `${ROOTS[account.type][0]}:${oneLine(accountName(account, 'en')).replaceAll(':', '.')}`;
}

/** The accounts as the beginning of such a file: each with its type, so that statements can be made of it. */
export function accountLines(accounts: readonly ToldAccount[]): string {
  return `${accounts.map((account) => `account ${exportedName(account)}  ; type: ${ROOTS[account.type][1]}`).join('\n')}\n\n`;
}

/** An entry in plain-text accounting (hledger, ledger): debit is positive, credit negative. */
export function entryText(entry: ExportedEntry, nameOf: (accountId: string) => string): string {
  const said = oneLine([entry.description, entry.reference].filter((text) => text).join(' ')).replaceAll('|', '/');
  const tags = [
    `document: ${entry.documentType ?? ''}`,
    ...(entry.reference ? [`reference: ${oneLine(entry.reference).replaceAll(',', ' ')}`] : []),
  ];
  const lines = entry.lines.map(({ accountId, debit, credit, text }) => {
    const amount = debit !== null && Number(debit) !== 0 ? debit : credit !== null && Number(credit) !== 0 ? `-${credit}` : '0';
    const note = text ? `  ; ${oneLine(text)}` : '';
    return `    ${nameOf(accountId)}  ${amount} ${entry.currency}${note}`;
  });
  return `${entry.date} * (${oneLine(entry.number ?? '').replaceAll(')', ' ')}) ${said}\n    ; ${tags.join(', ')}\n${lines.join('\n')}\n\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s;]+/g, ' ').trim();
}
