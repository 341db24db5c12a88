/**
 * The words a module is written in. A module reads as one sentence: its objects, hooks, commands, reactions, jobs.
 * Everything it does happens in a `Work`: one transaction in the module's own database on behalf of one actor.
 */
import type { Caller } from './caller.ts';
import type { ChainVerdict } from './chain-verdict.ts';
import type { DocumentDefinition } from './documents/document.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { PlatformEvent } from './event.ts';
import type { EventStore } from './event-store.ts';
import type { LongJob } from './long-job.ts';
import type { FieldsOf } from './fields-of.ts';
import type { Json } from './model.ts';
import type { PublicPage } from './public-page.ts';
import type { Report } from './report.ts';
import { trusted } from './seam.ts';
import type { Webhook } from './webhook.ts';

/** A record as modules see it: API names to JSON values; decimals are strings. Generated types narrow it. */
export type RecordValues = { readonly [field: string]: unknown };

/** A query in the words of the record API. */
export type WorkQuery = {
  readonly filter?: { readonly [field: string]: unknown };
  readonly sort?: string;
  readonly fields?: string;
  readonly limit?: number;
};

/** Facts a hook asks for: by name, records of an object by query, or one by id. */
export type Need = { readonly object: string } & WorkQuery;

/** Values of custom fields on the way to a document in another service: by API name, with the type of the field. */
export type CarriedValues = { readonly [apiName: string]: { readonly type: string; readonly value: Json } };

/** One transaction in the module's own database. Nothing of it is visible before it commits; a throw takes all of it back. */
export type Work = {
  readonly caller: Caller;
  /** The instant the work began, RFC 3339 UTC. */
  readonly now: string;
  /** Calendar day in the zone of the company (of the record's `companyId`, else the caller's). */
  today(companyId?: string): string;
  get<R extends RecordValues>(object: string, id: string): Promise<R | null>;
  /** A record of another service as the mirror has it; one that the mirror lacks yet is asked of its owner and kept. */
  find<R extends RecordValues>(object: string, id: string): Promise<R | null>;
  /** A record of another service as it stands there, all of it; null where there is none. Its owner is asked while the work waits: for what comes one by one. */
  record<R extends RecordValues>(object: string, id: string): Promise<R | null>;
  readonly fieldsOf: FieldsOf;
  query<R extends RecordValues>(object: string, query: WorkQuery): Promise<readonly R[]>;
  /** All records of an object of this module by query, page by page; `limit` is the size of a page. */
  pages<R extends RecordValues>(object: string, query: WorkQuery): AsyncIterable<readonly R[]>;
  /** Reads the record under a row lock; refuses with `not_found`. */
  lock<R extends RecordValues>(object: string, id: string): Promise<R>;
  /** Creates (no `id`) or changes a record through the one writer, with system rights on read-only fields. */
  save<R extends RecordValues>(object: string, values: RecordValues): Promise<R>;
  /**
   * Creates a record with an id that was drawn before, through the one writer; what has that id already is answered as it is.
   * So a document that an event asks for comes to be once, however often the event comes.
   */
  create<R extends RecordValues>(object: string, id: string, values: RecordValues): Promise<R>;
  /** Creates many records at once, each with its id, through the one writer, in a statement for each kind of row: for what comes by the hundred. All or none. */
  createMany<R extends RecordValues>(object: string, records: readonly (RecordValues & { readonly id: string })[]): Promise<readonly R[]>;
  /**
   * Draws the next numbers of a document, as a command that `draws` does, for a fiscal year (the calendar year in which it begins) that is not today's.
   * The series has no gap: others who draw from it wait until this work has ended.
   */
  drawNumbers(object: string, series: NumberSeries): Promise<readonly string[]>;
  /** Puts a record into the recycle bin; refused while others refer to it. */
  remove(object: string, id: string): Promise<void>;
  /**
   * Merges a record of this module into another: what refers to it refers to the other, in every service, and its id leads there for good.
   * Answers the values that the other takes over, to be saved: of the fields in `take`, and of those in which it has none.
   */
  merge(object: string, pair: { readonly from: string; readonly into: string; readonly take: readonly string[] }): Promise<RecordValues>;
  /** Takes personal data away, fields marked so and those in `also`, in the record and its history; `instead` stands there then. What needs one, or is told from others by it, goes for good. */
  erase(object: string, id: string, also: readonly string[], instead?: RecordValues): Promise<void>;
  /** What stands for a text that is to be known again and no longer to be read, such as an erased address: the same in all services. Case does not count. */
  readonly markOf: (text: string) => string;
  /** The record that stands for a merged one; null for any other. `heard` says that it was merged, where its event may come later than the one at hand. */
  survivor(id: string, heard?: { readonly object: string; readonly into: string }): Promise<string | null>;
  /** Whether a record of an object meets a condition that is kept as data; null when that asks about a field that is no longer there. */
  readonly meets: (object: string, record: RecordValues, condition: unknown) => boolean | null;
  /** What administrators have added to a record of this object, for an event that makes another document of it. */
  readonly carried: (object: string, record: RecordValues) => CarriedValues;
  /** Of carried values those that custom fields of the same name and type take here, to be created with. */
  readonly takenOver: (object: string, carried: CarriedValues | undefined) => RecordValues;
  /** Asks for a long job of the module, which begins soon after this work has been committed; answers its id. */
  startJob(name: string, input: Json): Promise<string>;
  /** Whether nothing more comes of such a job: it is done, has failed or was cancelled. One that is not there is over too. */
  isJobOver(id: string): Promise<boolean>;
  /** Whether the chain of an object's records is whole behind a place (0: from its beginning): a few thousand of them, and where to go on. */
  verifyChain(object: string, after: number): Promise<ChainVerdict>;
  /** The event store, in the database of the module that `storesEvents`. */
  readonly eventStore: EventStore;
  /** A business fact, declared in the module's events.ts; published when the work commits. */
  emit<D extends { readonly [key: string]: Json }>(event: EventDefinition<D>, subject: string, data: D): Promise<void>;
};

/** Does a piece of work in a transaction of its own, which is committed when it answers: for what deals with the world outside between two of them. */
export type Begin = <T>(run: (work: Work) => Promise<T>) => Promise<T>;

/** Works out a report, `module/name`, of this service or of another, on behalf of whoever asks. Answers all its rows; throws its refusal. */
export type AskReport = (report: string, input: { readonly [field: string]: string }) => Promise<readonly RecordValues[]>;

/** Of which field, company and fiscal year numbers are drawn, and how many. */
export type NumberSeries = {
  readonly field: string;
  readonly companyId: string | null;
  readonly fiscalYear: number;
  readonly count: number;
};

/** A business event: its type, and the JSON Schema of its data. */
export type EventDefinition<D extends { readonly [key: string]: Json } = { readonly [key: string]: Json }> = {
  readonly type: string;
  readonly module: string;
  readonly schema: { readonly [key: string]: Json };
  /** Carries the type of the data; never set. */
  readonly data?: D;
};

/** Runs inside every save of one object. `needs` names facts, `needsMore` those that depend on them; `derive` is pure and returns the values to set. */
export type Hook<
  Draft extends RecordValues = RecordValues,
  Facts extends Record<string, readonly RecordValues[]> = Record<string, readonly RecordValues[]>,
> = {
  readonly object: string;
  readonly name: string;
  /** `before` is null for a record that is new, and for one that is to go. */
  readonly needs?: (draft: Draft, before: Draft | null) => { readonly [fact: string]: Need };
  /** What it needs besides, as the first facts say. */
  readonly needsMore?: (draft: Draft, facts: Facts, before: Draft | null) => { readonly [fact: string]: Need };
  /** `draft` is the record as it would be saved; `before` as it is, null on create; `fieldsOf` for what is said of fields. Throws a Refusal to say no. */
  readonly derive: (draft: Draft, facts: Facts, before: Draft | null, fieldsOf: FieldsOf) => Partial<Draft>;
  /** Asked before a record goes into the recycle bin or for good. Throws a Refusal to say no. */
  readonly remove?: (record: Draft, facts: Facts) => void;
};

/** A command on another record of the module that follows from one, in the same transaction, once its record is saved. */
export type FollowUp = { readonly object: string; readonly id: string; readonly command: string; readonly input: RecordValues };

/** What a command answers besides the record: the records it made, and the commands that follow from it at once. */
export type CommandResult = {
  readonly values?: RecordValues;
  readonly created?: readonly { readonly object: string; readonly id: string }[];
  readonly followedBy?: readonly FollowUp[];
  /** What a command of a collection has worked out, for whoever called it: JSON. */
  readonly answer?: unknown;
};

/** Whom a command asks before its transaction begins, on behalf of its caller: the services that own records of other modules, and the world outside. */
export type Owners = {
  readonly begin: Begin;
  /** On whose behalf. */
  readonly caller: Caller;
  /** Carries out a command on a record of another service, or one of a collection (no id), and answers what it created; throws the owner's refusal. */
  command(object: string, id: string | null, command: string, input: RecordValues): Promise<Required<Pick<CommandResult, 'created'>>>;
  readonly report: AskReport;
  /** A record of another service as it stands there, whatever the caller may see of it; null where there is none. */
  readonly record: <R extends RecordValues>(object: string, id: string) => Promise<R | null>;
  /** Records of this service as they stand, for what the others have to know. */
  query<R extends RecordValues>(object: string, query: WorkQuery): Promise<readonly R[]>;
};

/** The code behind a command that the metadata declares. Status, number and permission are checked and moved by the platform. */
export type Command<R extends RecordValues = RecordValues, Input extends RecordValues = RecordValues> = {
  readonly object: string;
  readonly name: string;
  /** Asks other services before the transaction begins; `run` gets the answer. The record is as it is, not locked; that of a collection is empty. */
  readonly ask?: (owners: Owners, record: R, input: Input) => Promise<CommandResult>;
  /** `values` of the result are saved with the move to the declared status, in the same transaction. Left out where those who are asked do all of it: it is done then as they have answered. */
  readonly run?: (work: Work, record: R, input: Input, asked: CommandResult) => Promise<CommandResult | undefined>;
};

/** Handles another service's event, once, in one transaction with its inbox row. */
export type Reaction = {
  readonly name: string;
  readonly module: string;
  readonly type: string;
  readonly run: (work: Work, event: PlatformEvent) => Promise<void>;
  /** What was told before there was this reaction counts too. */
  readonly fromTheBeginning?: true;
  /** The same for events that arrive together, in one work; if that fails, each comes alone. What it writes has no single cause: it keeps which event it was for. */
  readonly together?: (work: Work, events: readonly PlatformEvent[]) => Promise<void>;
};

/** Runs on a schedule (cron syntax, UTC), once over all replicas: in one transaction, or in `steps` of its own making, between which it may ask the world outside. */
export type Job = { readonly name: string; readonly schedule: string } & (
  | { readonly run: (work: Work) => Promise<void> }
  | { readonly steps: (begin: Begin, report: AskReport, elsewhere: Elsewhere) => Promise<void> }
);

/**
 * When records of an object may be the same: names of fields in which they have the same value, addresses of mail or web with one domain, and records
 * of another object that lead to them with the same value, such as a bank account's IBAN. Names that are alike always count. Nothing is refused for it.
 */
export type Likeness = {
  readonly object: string;
  readonly same: readonly string[];
  readonly domains: readonly string[];
  readonly parts: readonly { readonly object: string; readonly field: string; readonly reference: string }[];
};

/** A module: a sentence. */
export type Module = {
  readonly name: string;
  readonly objects: readonly string[];
  readonly hooks: readonly Hook[];
  readonly commands: readonly Command[];
  readonly events: readonly EventDefinition[];
  readonly reactions: readonly Reaction[];
  readonly jobs: readonly Job[];
  readonly longJobs: readonly LongJob[];
  readonly likeness: readonly Likeness[];
  readonly publicPages: readonly PublicPage[];
  readonly documents: readonly DocumentDefinition[];
  readonly reports: readonly Report[];
  readonly webhook: Webhook | null;
  /** Its database keeps the events of all services for good. */
  readonly storesEvents: boolean;
};

/** A module from its parts; what is left out is empty. */
export function defineModule(parts: Pick<Module, 'name' | 'objects'> & Partial<Module>): Module {
  return Object.freeze({
    hooks: [],
    commands: [],
    events: [],
    reactions: [],
    jobs: [],
    longJobs: [],
    likeness: [],
    publicPages: [],
    documents: [],
    reports: [],
    webhook: null,
    storesEvents: false,
    ...parts,
  });
}

/** A hook, checked against the record type it works on; the metadata guarantees that records have it. */
export function defineHook<Draft extends RecordValues, Facts extends Record<string, readonly RecordValues[]>>(
  hook: Hook<Draft, Facts>,
): Hook {
  return trusted(hook);
}

/** The code of a command, checked against the types of its record and its input; the metadata guarantees both. */
export function defineCommand<R extends RecordValues, Input extends RecordValues>(command: Command<R, Input>): Command {
  return trusted(command);
}

/** A business event of a module. */
export function defineEvent<D extends { readonly [key: string]: Json }>(
  module: string,
  type: string,
  schema: EventDefinition['schema'],
): EventDefinition<D> {
  return Object.freeze({ module, type, schema });
}

/** A reaction: `on('customers', 'CustomerSuspended', 'holdOffers', async (work, event) => …)`. */
export function on(module: string, type: string, name: string, run: Reaction['run']): Reaction {
  return Object.freeze({ module, type, name, run });
}

/** A reaction that an upgraded installation catches up with: it hears, once, what was told before it was there. */
export function fromTheBeginning(reaction: Reaction): Reaction {
  return Object.freeze({ ...reaction, fromTheBeginning: true });
}

/** A reaction to a business event that another module declares, with the type of its data: `onEvent(offerConverted, 'createOrder', async (work, offer) => …)`. */
export function onEvent<D extends { readonly [key: string]: Json }>(
  event: EventDefinition<D>,
  name: string,
  run: (work: Work, data: D, event: PlatformEvent) => Promise<void>,
): Reaction {
  return on(event.module, event.type, name, (work, happened) => run(work, trusted<D>(happened.data), happened));
}

/** A reaction that takes events of a type together where many arrive at once, in any order: `onMany(invoiceIssued, 'postInvoice', async (work, invoices) => …)`. */
export function onMany<D extends { readonly [key: string]: Json }>(
  event: Pick<EventDefinition<D>, 'module' | 'type' | 'data'>,
  name: string,
  run: (work: Work, happened: readonly { readonly data: D; readonly event: PlatformEvent }[]) => Promise<void>,
): Reaction {
  const together: Required<Reaction>['together'] = (work, events) =>
    run(
      work,
      events.map((one) => ({ data: trusted<D>(one.data), event: one })),
    );
  return Object.freeze({
    module: event.module,
    type: event.type,
    name,
    run: (work: Work, one: PlatformEvent) => together(work, [one]),
    together,
  });
}
