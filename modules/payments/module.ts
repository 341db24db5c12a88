import { defineModule, fromTheBeginning, type Module } from '#platform/kernel/module.ts';
import { importStatement } from './bank/import-statement.ts';
import { acceptTransaction, proposeMatches, setAside, undoMatches } from './bank/transaction-commands.ts';
import { allocateLines } from './commands/allocate-payment.ts';
import { allocate } from './commands/allocate.ts';
import { chargeBack, lose, win } from './commands/chargeback.ts';
import { failRefund } from './commands/fail-refund.ts';
import { askGateway, cancelPayment, capturePayment } from './commands/gateway-commands.ts';
import { payOnline } from './commands/pay-online.ts';
import { receivePayment } from './commands/receive-payment.ts';
import { recordPayment } from './commands/record-payment.ts';
import { refundPayment } from './commands/refund.ts';
import { reversePayment } from './commands/reverse-payment.ts';
import { setKeys } from './commands/set-keys.ts';
import { settlePayout } from './commands/settle-payout.ts';
import { simulatePayer } from './commands/simulate-payer.ts';
import { undo } from './commands/undo.ts';
import { writeOff } from './commands/write-off.ts';
import * as events from './events.ts';
import type { Gateways } from './gateways/accounts.ts';
import { openVault } from './gateways/credentials.ts';
import { openSimulatedGateway, type Simulated } from './gateways/simulated/simulated-gateway.ts';
import { hearGateway } from './gateways/webhook.ts';
import { deriveBalance } from './hooks/derive-balance.ts';
import { derivePayout } from './hooks/derive-payout.ts';
import { fillExchangeRate } from './hooks/fill-exchange-rate.ts';
import { fillPayment } from './hooks/fill-payment.ts';
import { askGateways } from './jobs/ask-gateways.ts';
import { matchStatement } from './reactions/match-statement.ts';
import { nameCreditNote, nameInvoice } from './reactions/name-item.ts';
import { openCreditNote } from './reactions/open-credit-note.ts';
import { openInvoice } from './reactions/open-invoice.ts';
import { pay } from './pages/pay.ts';
import { customerReceivables } from './reports/customer-receivables.ts';
import { receivablesAgeing } from './reports/receivables-ageing.ts';
import { statementOfAccount } from './reports/statement-of-account.ts';

/** What payments need of the installation: a key that seals the gateways' secrets; and the gateway of development, which tests bring along. */
export type Needs = {
  readonly sealingKey: Uint8Array<ArrayBuffer>;
  /** Where people reach the installation. */
  readonly publicUrl: string;
  readonly simulated?: Simulated;
};

const OBJECTS = [
  'open_item',
  'allocation',
  'payment',
  'refund',
  'chargeback',
  'payout',
  'payout_line',
  'gateway_account',
  'gateway_secret',
  'gateway_event',
  'simulated_transaction',
  'own_bank_account',
  'bank_csv_format',
  'bank_statement',
  'bank_transaction',
  'bank_match',
  'matching_rule',
] as const;

const BANK_COMMANDS = [importStatement, acceptTransaction, proposeMatches, setAside, undoMatches];

/** Payments: what is owed and what settles it, never more than is open; the money that comes in, by banks and gateways, and where it goes. */
export function paymentsWith({ sealingKey, publicUrl, simulated = openSimulatedGateway() }: Needs): Module {
  const gateways: Gateways = { providers: { simulated: simulated.at }, vault: openVault(sealingKey) };
  return defineModule({
    name: 'payments',
    objects: OBJECTS,
    hooks: [deriveBalance, fillPayment, fillExchangeRate, derivePayout],
    commands: [
      allocate,
      receivePayment,
      writeOff,
      undo,
      recordPayment,
      allocateLines,
      reversePayment,
      refundPayment(gateways),
      failRefund,
      chargeBack,
      win,
      lose,
      capturePayment(gateways),
      cancelPayment(gateways),
      askGateway(gateways),
      setKeys(gateways),
      settlePayout,
      payOnline(gateways, publicUrl),
      simulatePayer(gateways, simulated),
      ...BANK_COMMANDS,
    ],
    events: Object.values(events),
    reactions: [...[openInvoice, openCreditNote, nameInvoice, nameCreditNote].map(fromTheBeginning), matchStatement],
    jobs: [askGateways(gateways)],
    publicPages: [pay],
    reports: [statementOfAccount, receivablesAgeing, customerReceivables],
    webhook: hearGateway(gateways),
  });
}
