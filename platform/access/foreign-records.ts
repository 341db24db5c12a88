import { mirrorSelection, type MirrorPage } from '#platform/data/mirrors/rebuild.ts';
import type { Use, UseQuestion } from '#platform/data/save/uses.ts';
import type { SchemaSync } from '#platform/data/schema-sync.ts';
import type { ForeignCommand, ReportCall, Store } from '#platform/data/store.ts';
import { ERROR_CODES, Refusal, type ErrorCode } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { CommandResult, RecordValues } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { serviceNamed, type ServiceName } from '#platform/kernel/services.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { ServiceClient } from './service-client.ts';

/** Records of other services, asked for at their owners. */
export type ForeignRecords = {
  /** One record; null when its owner does not know it. Refuses with `core_unreachable` when the owner cannot say. */
  readonly find: (object: string, id: string) => Promise<{ readonly [field: string]: unknown } | null>;
  /** Carries out a command of one; throws what its owner refuses. */
  readonly command: Store['commandForeign'];
  readonly uses: Store['usedElsewhere'];
  /** All rows of a report of any service. */
  readonly report: Store['reportForeign'];
  /** A page of what this service mirrors. Refuses with `core_unreachable` or `schema_behind` for whatever waiting may cure. */
  readonly page: (index: SchemaIndex, object: ObjectDefinition, cursor: string | null) => Promise<MirrorPage>;
};

const PAGE_SIZE = 500;

/** Reads as the service itself, over the owner's ordinary API. */
export function openForeignRecords(client: Pick<ServiceClient, 'request'>, sync: Pick<SchemaSync, 'current' | 'reach'>): ForeignRecords {
  const schema = sync.current;
  return Object.freeze({
    find: async (name: string, id: string) => {
      const object = schema().foreign.get(name);
      const owner = object && ownerOf(object);
      if (!object || !owner) return null;
      const { status, body } = await client.request(owner, { method: 'GET', path: `/api/${owner}/${object.collection}/${id}` });
      if (status === 200 && isRecord(body)) return body;
      if (status === 404) return null;
      throw new Refusal('core_unreachable', `The service ${owner} answered ${status} for a record of its own.`, { retryAfterSeconds: 2 });
    },
    command: async (call: ForeignCommand) => {
      const object = schema().foreign.get(call.object);
      const owner = object && ownerOf(object);
      if (!object || !owner) throw new Error(`This service knows no object ${call.object}: a lookup must name it first.`);
      const place = call.id === null ? object.collection : `${object.collection}/${call.id}`;
      const path = `/api/${owner}/${place}/actions/${kebab(call.command)}`;
      const { status, body } = await client.request(owner, { method: 'POST', path, body: call.input, actor: call.actor });
      if (status !== 200) throw refusalOf(body, `The service ${owner} answered ${status}.`);
      return { created: trusted<CommandResult['created']>(isRecord(body) ? body['created'] : undefined) ?? [] };
    },
    uses: async (question: UseQuestion) => {
      const modules = schema().schema.referredBy?.[question.object] ?? [];
      const asked = modules.flatMap((module) => serviceNamed(module)?.name ?? []).map((service) => usesIn(client, service, question));
      return (await Promise.all(asked)).flat();
    },
    report: (call: ReportCall) => reportRows(client, call),
    page: async (index: SchemaIndex, object: ObjectDefinition, cursor: string | null) => {
      const owner = ownerOf(object);
      if (!owner) return { items: [], next: null };
      const { status, body, metadataVersion } = await client.request(owner, { method: 'GET', path: pagePath(index, object, cursor) });
      if (status === 200) {
        await sync.reach(metadataVersion);
        // The owner answers with the present names of its fields: with older ones, the values of a renamed field would not be found.
        if (schema() !== index) throw new Refusal('schema_behind', `The metadata changed while ${object.collection} were read.`);
        return trusted<MirrorPage>(body);
      }
      const code = status >= 500 ? 'core_unreachable' : 'schema_behind';
      throw new Refusal(code, `The service ${owner} answered ${status} for its ${object.collection}.`, { retryAfterSeconds: 2 });
    },
  });
}

/** Reports are worked out of many records; who asks for one waits. */
const REPORT_MILLISECONDS = 120_000;

async function reportRows(client: Pick<ServiceClient, 'request'>, { report, input, actor }: ReportCall): Promise<readonly RecordValues[]> {
  const [module = '', name = ''] = report.split('/');
  const owner = serviceNamed(module)?.name;
  if (!owner) throw new Error(`There is no service ${module} to ask for a report.`);
  const rows: RecordValues[] = [];
  let next: unknown = null;
  do {
    const query = new URLSearchParams({ ...input, ...(typeof next === 'string' ? { after: next } : {}) });
    const path = `/api/${owner}/reports/${name}?${query.toString()}`;
    const { status, body } = await client.request(owner, { method: 'GET', path, actor, withinMs: REPORT_MILLISECONDS });
    if (status !== 200 || !isRecord(body)) throw refusalOf(body, `The service ${owner} answered ${status}.`);
    rows.push(...(isList(body['rows']) ? body['rows'].filter(isRecord) : []));
    next = body['next'];
  } while (typeof next === 'string');
  return rows;
}

async function usesIn(client: Pick<ServiceClient, 'request'>, service: ServiceName, question: UseQuestion): Promise<readonly Use[]> {
  const { status, body } = await client.request(service, { method: 'POST', path: `/api/${service}/internal/uses`, body: question });
  if (status === 200 && isRecord(body)) return trusted<readonly Use[]>(body['uses']);
  throw new Refusal('core_unreachable', `The service ${service} answered ${status} when it was asked what it uses.`, {
    retryAfterSeconds: 2,
  });
}

/** What the owner refused, in its words. */
function refusalOf(body: unknown, otherwise: string): Refusal {
  const problem = isRecord(body) ? body : {};
  const code = Object.keys(ERROR_CODES).find((one): one is ErrorCode => one === problem['code']) ?? 'core_unreachable';
  return new Refusal(code, sentenceOf(problem['sentence']) ?? (typeof problem['detail'] === 'string' ? problem['detail'] : otherwise));
}

function sentenceOf(said: unknown): Sentence | undefined {
  if (!isRecord(said)) return undefined;
  const { en, de } = said;
  return typeof en === 'string' && typeof de === 'string' ? { en, de } : undefined;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function pagePath(index: SchemaIndex, object: ObjectDefinition, cursor: string | null): string {
  const query = new URLSearchParams({ fields: mirrorSelection(index, object), sort: 'id', limit: String(PAGE_SIZE) });
  if (cursor !== null) query.set('cursor', cursor);
  return `/api/${object.module}/${object.collection}?${query.toString()}`;
}

function ownerOf(object: ObjectDefinition): ServiceName | undefined {
  return object.parent !== undefined ? undefined : serviceNamed(object.module)?.name;
}
