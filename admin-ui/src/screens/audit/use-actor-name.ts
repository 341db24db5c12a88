import { useActors } from '#admin-ui/src/fields/use-actors.ts';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';

const SERVICE = 'service:';

/** What those who acted are called: people and programs with a key by their names, a service by that of its module. */
export function useActorName(actors: readonly string[]): (actor: string) => string {
  const names = useActors(actors);
  const moduleName = useModuleName();
  return (actor) => names.get(actor) ?? (actor.startsWith(SERVICE) ? moduleName(actor.slice(SERVICE.length)) : actor);
}
