import { sessionCookie } from '#platform/access/authenticate.ts';
import type { ServiceClient } from '#platform/access/service-client.ts';
import { runInWork } from '#platform/data/commands/work.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import type { Core } from '../core.ts';
import { askAs, collect, type Ask } from './collect.ts';
import { personalDataExported } from './events.ts';
import { asJson, asPage } from './written.ts';

/** The command by which an object's personal data are erased: who may do that may have them exported. */
const ERASE = 'erase';

/**
 * `GET /api/platform/personal-data/{object}/{id}?format=json|html`: everything that is known of a person (articles 15 and 20 of the GDPR), across all services, as
 * the caller may read it: the record, all that refers to it, what happened to each, comments and files. A stream, however long it is; that it was asked for is told first.
 */
export function personalDataRoute(core: Pick<Core, 'state'>, store: Store, client: Pick<ServiceClient, 'request'>): Route {
  return {
    method: 'GET',
    path: '/personal-data/:object/:id',
    summary: 'Everything that all services know of a person, as one document',
    query: { format: { type: 'string', enum: ['json', 'html'] } },
    answer: { type: 'object', properties: { object: { type: 'string' }, records: { type: 'array', items: { type: 'object' } } } },
    handler: async (request) => {
      const { objects } = await core.state();
      const subject = subjectOf(objects, request);
      const ask = askAs(client, credentialOf(request));
      const record = await recordOf(ask, subject, request.params['id'] ?? '');
      const at = new Date().toISOString();
      const title = String(record[subject.titleField] ?? record['id']);
      const heading = { object: subject, title, at, language: request.caller.language === 'de' ? 'de' : 'en' } as const;
      const found = collect(ask, { objects, subject, record });
      const isPage = request.query['format'] === 'html';
      const told = { object: subject.name, id: String(record['id']), format: isPage ? 'html' : 'json' };
      await runInWork(store, request.caller, (work) => work.emit(personalDataExported, `${told.object}/${told.id}`, told));
      const name = `personal-data-${subject.name}-${at.slice(0, 10)}.${isPage ? 'html' : 'json'}`;
      return {
        status: 200,
        headers: {
          'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
        parts: isPage ? asPage(heading, found) : asJson(heading, found),
      };
    },
  };
}

function subjectOf(objects: readonly ObjectDefinition[], { caller, params }: RouteRequest): ObjectDefinition {
  const object = objects.find(({ name, state }) => name === params['object'] && state === 'active');
  if (!object || !caller.permissions.on(object).read || !object.commands.some(({ name }) => name === ERASE))
    throw new Refusal('not_found', 'There is nothing here.');
  if (!mayErase(caller, object))
    throw new Refusal('not_allowed', {
      en: 'Who may erase personal data may export them. Ask an administrator for that right.',
      de: 'Personenbezogene Daten exportieren darf, wer sie löschen darf. Bitten Sie eine Administratorin um dieses Recht.',
    });
  return object;
}

function mayErase(caller: Caller, object: ObjectDefinition): boolean {
  const { commands } = caller.permissions.on(object);
  return commands === true || commands.has(ERASE);
}

async function recordOf(ask: Ask, subject: ObjectDefinition, id: string): Promise<RecordValues> {
  const { status, body } = await ask(subject, `/${encodeURIComponent(id)}`);
  if (status === 200 && isRecord(body)) return body;
  if (status === 404 || status === 400) throw new Refusal('not_found', 'There is nothing here.');
  throw new Refusal('core_unreachable', 'The service of this record does not answer at the moment.', { retryAfterSeconds: 2 });
}

function credentialOf({ headers }: RouteRequest): string {
  return /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? sessionCookie(headers['cookie']) ?? '';
}
