import type { Store } from '#platform/data/store.ts';
import { checkFit, misfitPage } from '#platform/data/fit/check-fit.ts';
import { filledOf } from '#platform/data/read/filled.ts';
import { usesHere, USES_MAX, type UseQuestion } from '#platform/data/save/uses.ts';
import { slowRead } from '#platform/data/slow-read.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Route } from '#platform/kernel/route.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { FitChange, FitPage } from '#platform/metadata/fit.ts';

/** What the core asks a service about its rows: which of them a change of a field would not fit, and how many have a value in each field. */
export function questionRoutes({ database, schema }: Pick<Store, 'database' | 'schema'>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/internal/fit',
      access: 'service',
      handler: async ({ body }) => ({ status: 200, body: await slowRead(database, (reader) => checkFit(reader, schema(), trusted(body))) }),
    },
    {
      method: 'POST',
      path: '/internal/misfits',
      access: 'service',
      handler: async ({ body }) => {
        const { change, page } = trusted<{ change: FitChange; page: FitPage }>(body);
        return { status: 200, body: await slowRead(database, (reader) => misfitPage(reader, schema(), change, page)) };
      },
    },
    {
      method: 'POST',
      path: '/internal/uses',
      access: 'service',
      handler: async ({ body }) => {
        const question = trusted<UseQuestion>(body);
        if (question.ids.length > USES_MAX) throw new Refusal('limit_reached', `At most ${USES_MAX} records at once.`);
        return { status: 200, body: { uses: await usesHere(database.read, schema(), question) } };
      },
    },
    {
      method: 'POST',
      path: '/internal/filled',
      access: 'service',
      handler: async ({ body }) => {
        const object = isRecord(body) ? body['object'] : undefined;
        if (typeof object !== 'string') throw new Refusal('malformed_request', 'Send {"object"}.');
        return { status: 200, body: await slowRead(database, (reader) => filledOf(reader, schema(), object)) };
      },
    },
  ];
}
