import { randomUUID } from 'node:crypto';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ViewDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Database } from '#platform/data/database.ts';

/** A view that one person saved for themselves. It is theirs, not part of the metadata: saving one makes no version. */
const MOST = 100;
const UNIQUE_VIOLATION = '23505';

/** The private views of one person on an object. */
export async function privateViews(database: Database, object: string, owner: string): Promise<readonly ViewDefinition[]> {
  const rows = await database.read({
    text: `select view from platform.private_view where object = $1 and owner = $2 order by view ->> 'name'`,
    values: [object, owner],
  });
  return rows.map(([view]) => trusted<ViewDefinition>(JSON.parse(view ?? 'null')));
}

/** All private views of one person, each with the id of its object. */
export async function allPrivateViews(
  database: Database,
  owner: string,
): Promise<readonly { readonly object: string; readonly view: ViewDefinition }[]> {
  const rows = await database.read({
    text: `select object, view from platform.private_view where owner = $1 order by object, view ->> 'name'`,
    values: [owner],
  });
  return rows.map(([object, view]) => ({ object: object ?? '', view: trusted<ViewDefinition>(JSON.parse(view ?? 'null')) }));
}

/** Saves a private view: a new one, or the one of its id. */
export async function savePrivateView(database: Database, object: string, owner: string, view: ViewDefinition): Promise<ViewDefinition> {
  const mine = await privateViews(database, object, owner);
  const known = mine.find((one) => one.id === view.id);
  if (!known && mine.length >= MOST)
    throw new Refusal('limit_reached', {
      en: `You have ${MOST} views of this list, which is the limit.`,
      de: `Sie haben ${MOST} Ansichten dieser Liste; mehr gehen nicht.`,
    });
  const saved: ViewDefinition = { ...view, id: known?.id ?? randomUUID(), visibility: { kind: 'user', user: owner } };
  if (mine.some((one) => one.name === saved.name && one.id !== saved.id)) throw duplicate(saved.name);
  try {
    await database.write({
      text: 'insert into platform.private_view (id, object, owner, view) values ($1, $2, $3, $4::jsonb) on conflict (id) do update set view = excluded.view, at = now() where private_view.owner = excluded.owner',
      values: [saved.id, object, owner, JSON.stringify(saved)],
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) throw duplicate(saved.name);
    throw error;
  }
  return saved;
}

/** Removes a private view; false when the person has none of that id. */
export async function removePrivateView(database: Database, owner: string, id: string): Promise<boolean> {
  const rows = await database.write({
    text: 'delete from platform.private_view where owner = $1 and id::text = $2 returning 1',
    values: [owner, id],
  });
  return rows.length > 0;
}

function duplicate(name: string): Refusal {
  return new Refusal('duplicate', `You have a view "${name}" already.`);
}
