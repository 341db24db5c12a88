import { parseObject, plainText } from '#platform/kernel/json.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { CommandDefinition, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import type { Command, CommandResult, RecordValues } from '#platform/kernel/module.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import { statusField } from '#platform/kernel/status-field.ts';
import { fiscalYear } from '#platform/kernel/dates.ts';
import { todayOf } from '#platform/kernel/relative-date.ts';
import type { Transaction } from '../database.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { checkInput } from '#platform/metadata/command-input.ts';
import { loadRecord, notFound } from '../save/load.ts';
import { drawRange, formatNumber, seriesOf } from '../save/numbers.ts';
import { renderRecord } from '../save/render.ts';
import { saveRecord } from '../save/save.ts';
import { underNewestSchema } from '../newer-schema.ts';
import type { Store } from '../store.ts';
import { readMirror } from '../mirrors/mirror-rows.ts';
import { askOwners } from './ask-owners.ts';
import { openWork, type Cause } from './work.ts';

/** A command on one record. `input` is the body. */
export type CommandCall = {
  readonly object: ObjectDefinition;
  readonly id: string;
  readonly command: CommandDefinition;
  readonly input: RecordValues;
  readonly ifVersion?: number;
};

/**
 * Carries out a command in one transaction: permission, input, row lock, status, the module's code, the number it draws, the move to the next status,
 * and its result. A repeat of one that is done answers the same. Answers the text of `{record, created}`, with `links` where it hands one out.
 */
export async function runCommand(
  store: Store,
  caller: Caller,
  call: CommandCall,
  options: { transaction?: Transaction } & Cause = {},
): Promise<string> {
  refuseCommand(caller, call);
  const input = checkedInput(call);
  const asked = await askOwners(store, caller, { call: { ...call, input }, code: codeOf(store, call.object, call.command) });
  if (isIssuing(call)) await store.issuing?.prepare(call.object, call.id);
  const run = (transaction: Transaction): Promise<string> =>
    carryOut(store, caller, { ...call, input, asked }, { transaction, cause: options });
  if (options.transaction) return run(options.transaction);
  const answer = await underNewestSchema(store, () => store.database.transaction(run));
  store.wake();
  return answer;
}

/** Carries out a command of a collection: permission, input and the module's code, in one transaction. Answers the text of `{record: null, created}`, with `answer` where it works something out. */
export async function runCollectionCommand(
  store: Store,
  caller: Caller,
  call: Omit<CommandCall, 'id'>,
  options: { transaction?: Transaction } & Cause = {},
): Promise<string> {
  refuseCommand(caller, call);
  const input = checkedInput(call);
  const code = codeOf(store, call.object, call.command);
  const asked = await askOwners(store, caller, { call: { ...call, input, id: null }, code });
  const run = async (transaction: Transaction): Promise<string> => {
    const result = doneBy(code, asked) ?? (await code?.run?.(await openWork(store, caller, transaction, options), {}, input, asked ?? {}));
    return answerOf('null', { created: result?.created ?? [], answer: result?.answer });
  };
  if (options.transaction) return run(options.transaction);
  const answer = await underNewestSchema(store, () => store.database.transaction(run));
  store.wake();
  return answer;
}

function refuseCommand(caller: Caller, { object, command }: Omit<CommandCall, 'id'>): void {
  const rights = caller.permissions.on(object);
  if (!rights.read) throw new Refusal('not_found', 'There is nothing here.');
  if (rights.commands !== true && !rights.commands.has(command.name))
    throw new Refusal('not_allowed', `You may not ${command.label.en.toLowerCase()} ${object.pluralLabel.en}.`);
}

function checkedInput({ command, input }: Omit<CommandCall, 'id'>): RecordValues {
  const { values, errors } = checkInput(command, input);
  const unknown = errors.filter(({ rule }) => rule === 'unknown');
  if (unknown[0]) throw new Refusal('unknown_name', unknown[0].message, { errors: unknown });
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

/** `asked`: what was answered to what the command asked before; null where it asked nothing. */
type Ready = CommandCall & { readonly asked: CommandResult | null };

/** What came of a command that others have carried out: nothing that has come back of it here meanwhile, such as another status, undoes that. */
function doneBy(code: Command | undefined, asked: CommandResult | null): CommandResult | null {
  return code && !code.run ? asked : null;
}

async function carryOut(store: Store, caller: Caller, call: Ready, at: { transaction: Transaction; cause: Cause }): Promise<string> {
  const { object, command } = call;
  const index = store.schema();
  const record = await loadRecord(at.transaction.query, { index, object }, { id: call.id, lock: true });
  if (!record) throw notFound(object, call.id);
  const status = statusField(object);
  const from = status ? String(record[status.name]) : undefined;
  const code = codeOf(store, object, command);
  const done = doneBy(code, call.asked);
  if (!done && command.from && from !== undefined && !command.from.includes(from))
    return repeated(at.transaction, call, { index, caller, record, status: from, link: store.linkOf(command, record) });
  if (!done && call.ifVersion !== undefined && call.ifVersion !== record['version']) throw stale(call, { index, caller, record });
  const work = await openWork(store, caller, at.transaction, at.cause);
  const result = done ?? (await code?.run?.(work, record, call.input, call.asked ?? {}));
  const values = {
    ...(status && command.to ? { [status.name]: command.to } : {}),
    ...result?.values,
    ...(await numberFor(store, call, { record, transaction: at.transaction, caller })),
  };
  const saved = await saveRecord(
    store,
    caller,
    { operation: 'update', object, id: call.id, values },
    { ...at.cause, transaction: at.transaction, asSystem: true, command: command.name },
  );
  if (isIssuing(call)) await store.issuing?.issue(at.transaction, { store, caller, object, record: saved.record });
  const created = result?.created ?? [];
  const after = (await followUp(store, caller, { call, result }, at)) ?? saved;
  await keepResult(at.transaction, call, { created, status: status ? after.record[status.name] : undefined });
  return answerOf(after.json, { created, link: store.linkOf(command, after.record), call });
}

type Done = { readonly call: Ready; readonly result: CommandResult | undefined };

/** Carries out what follows from a command, which its code answers for; the record as it is after that, null when nothing followed. */
async function followUp(store: Store, caller: Caller, { call, result }: Done, at: { transaction: Transaction; cause: Cause }) {
  const followedBy = result?.followedBy ?? [];
  const index = store.schema();
  for (const { object: name, id, command: commandName, input } of followedBy) {
    const object = index.byName.get(name);
    const command = object?.commands.find((one) => one.name === commandName);
    if (!object || !command) throw new Error(`The module ${store.module.name} has no command ${commandName} of ${name}.`);
    await carryOut(store, caller, { object, id, command, input: checkedInput({ object, command, input }), asked: null }, at);
  }
  const record = followedBy.length > 0 ? await loadRecord(at.transaction.query, { index, object: call.object }, { id: call.id }) : null;
  return record && { record, json: renderRecord({ index, permissions: caller.permissions }, call.object, record) };
}

/** Whether the command makes the record a document that goes to somebody. */
function isIssuing({ object, command }: Pick<CommandCall, 'object' | 'command'>): boolean {
  return object.document?.issuedBy.includes(command.name) === true;
}

function codeOf(store: Store, object: ObjectDefinition, command: CommandDefinition): Command | undefined {
  return store.module.commands.find((one) => one.object === object.name && one.name === command.name);
}

/** Draws the document's number where the command declares it and none is set: gapless per company, field and fiscal year. */
async function numberFor(
  store: Store,
  call: CommandCall,
  at: { record: RecordValues; transaction: Transaction; caller: Caller },
): Promise<RecordValues> {
  const { object, command } = call;
  const field = object.fields.find((one) => one.name === command.draws || one.id === command.draws);
  if (!field || (at.record[field.name] ?? null) !== null) return {};
  const index = store.schema();
  const companyId = typeof at.record['companyId'] === 'string' ? at.record['companyId'] : undefined;
  const mirror = index.foreign.get('company');
  const company = companyId && mirror ? (await readMirror(at.transaction.query, { index, object: mirror }, [companyId]))[0] : undefined;
  const day = todayOf(at.caller, company && plainText(company['timeZone']));
  const year = fiscalYear(day, Number(company?.['fiscalYearStart'] ?? 1));
  const [number] = await drawRange(
    at.transaction.query,
    { series: seriesOf(field, companyId ?? null, year), day, inOrder: at.caller.workDate !== undefined },
    1,
  );
  return { [field.name]: formatNumber(field, number ?? 1, `${year}${day.slice(4)}`) };
}

type Seen = { readonly index: SchemaIndex; readonly caller: Caller; readonly record: RecordValues };

/** A command that its own earlier success has made impossible answers what it answered then; any other is refused. */
async function repeated(
  transaction: Transaction,
  call: CommandCall,
  seen: Seen & { status: string; link: PublicLink | null },
): Promise<string> {
  const { object, command } = call;
  const rows = await transaction.query({
    text: 'select result from platform.command_result where object = $1 and record_id = $2 and command = $3',
    values: [object.name, call.id, command.name],
  });
  const stored = rows[0]?.[0];
  const { created, status } = parseObject(stored);
  if (stored && seen.status === (status ?? command.to)) {
    const json = renderRecord({ index: seen.index, permissions: seen.caller.permissions }, object, seen.record);
    return answerOf(json, { created: created ?? [], link: seen.link, call });
  }
  const labels = (keys: readonly string[]): readonly Label[] =>
    keys.map((key) => statusField(object)?.options?.find((option) => option.key === key)?.label ?? { en: key });
  const from = labels(command.from ?? []);
  const [now = { en: seen.status }] = labels([seen.status]);
  throw new Refusal(
    'wrong_state',
    `${command.label.en} is not possible while this ${object.label.en} is ${now.en}; it is from ${from.map(({ en }) => en).join(' or ')}.`,
    { extra: { transition: { command: command.label, now, from } } },
  );
}

function stale(call: CommandCall, seen: Seen): Refusal {
  const current = renderRecord({ index: seen.index, permissions: seen.caller.permissions }, call.object, seen.record);
  return new Refusal(
    'stale_version',
    `This ${call.object.label.en} has been changed since: it is of version ${String(seen.record['version'])} now.`,
    { current },
  );
}

async function keepResult(transaction: Transaction, call: CommandCall, result: { created: unknown; status: unknown }): Promise<void> {
  await transaction.query({
    text: `insert into platform.command_result (object, record_id, command, result) values ($1, $2, $3, $4)
      on conflict (object, record_id, command) do update set result = excluded.result, at = now()`,
    values: [call.object.name, call.id, call.command.name, JSON.stringify(result)],
  });
}

type Answered = { readonly created: unknown; readonly answer?: unknown; readonly link?: PublicLink | null; readonly call?: CommandCall };

/** What issues a document tells where it is; what hands out a link, which. */
function answerOf(record: string, { created, answer, link = null, call }: Answered): string {
  const links = link === null ? '' : `,"links":${JSON.stringify([link])}`;
  const pdf = call && isIssuing(call) ? `,"pdf":"/api/${call.object.module}/${call.object.collection}/${call.id}/pdf"` : '';
  const workedOut = answer === undefined ? '' : `,"answer":${JSON.stringify(answer)}`;
  return `{"record":${record},"created":${JSON.stringify(created)}${links}${pdf}${workedOut}}`;
}
