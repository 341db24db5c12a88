import type { Payment } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command, type CommandResult, type RecordValues } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { answeredBy, openAccount, type Answered, type Gateways, type Opened } from '../gateways/accounts.ts';
import type { Told } from '../gateways/gateway.ts';
import { asTold, take } from '../items/follow-gateway.ts';

type Call = (opened: Opened, payment: Payment & { readonly gatewayReference: string }) => Promise<Told>;

/** A command that asks the gateway for something: the call before the transaction, with a key that makes a repeat harmless. */
function asking(gateways: Gateways, name: string, call: Call): Command {
  return defineCommand<Payment, RecordValues>({
    object: 'payment',
    name,
    ask: async ({ begin }, payment) => {
      const { gatewayAccountId, gatewayReference } = payment;
      if (!gatewayAccountId || !gatewayReference) throw notOfGateway();
      const opened = await openAccount(begin, gateways, gatewayAccountId);
      return accepted(await answeredBy(call(opened, { ...payment, gatewayReference })));
    },
    run: takeAnswer,
  });
}

/** Takes the money that was authorized. */
export const capturePayment = (gateways: Gateways): Command =>
  asking(gateways, 'capture', ({ gateway, credentials }, { id, amount, gatewayReference }) =>
    gateway.capture(credentials, { reference: gatewayReference, amount, key: `${id}:capture` }),
  );

/** Gives up a payment that has not been captured. */
export const cancelPayment = (gateways: Gateways): Command =>
  asking(gateways, 'cancel', ({ gateway, credentials }, { id, gatewayReference }) =>
    gateway.cancel(credentials, { reference: gatewayReference, key: `${id}:cancel` }),
  );

/** Asks the gateway how a payment stands. */
export const askGateway = (gateways: Gateways): Command =>
  defineCommand<Payment, RecordValues>({
    object: 'payment',
    name: 'askGateway',
    ask: async ({ begin }, { id, gatewayAccountId, gatewayReference }) => {
      if (!gatewayAccountId) throw notOfGateway();
      const { gateway, credentials } = await openAccount(begin, gateways, gatewayAccountId);
      const told = await gateway.fetchTruth(credentials, { reference: gatewayReference ?? null, key: id });
      return { values: { answered: asTold(told) } };
    },
    run: takeAnswer,
  });

/** What a gateway answered, on its way into the transaction. A refusal ends the command, for nothing has happened. */
function accepted(answered: Answered): CommandResult {
  if (answered.kind === 'refused')
    throw new Refusal('conflict', { en: `The gateway refuses: ${answered.reason}`, de: `Das Gateway lehnt ab: ${answered.reason}` });
  return { values: { answered } };
}

async function takeAnswer(...[work, payment, , asked]: Parameters<NonNullable<Command['run']>>): Promise<CommandResult> {
  const answered = asked.values?.['answered'];
  if (answered) await take(work, trusted<Payment>(payment), trusted<Answered>(answered));
  return {};
}

function notOfGateway(): Refusal {
  return new Refusal('wrong_state', {
    en: 'This payment did not come by a gateway.',
    de: 'Diese Zahlung kam nicht über ein Gateway.',
  });
}
