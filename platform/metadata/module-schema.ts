import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';

/** Objects of the core that every other module refers to: owner, team and company are columns of every table. */
const ALWAYS_FOREIGN = ['user', 'team', 'company'];

/** What one service needs of the effective metadata: its own objects, retired ones included (they keep their tables), and what its references name. */
export function moduleSchema(objects: readonly ObjectDefinition[], module: string, version: number): ModuleSchema {
  const own = objects.filter((object) => object.module === module);
  const targets = foreignNames(own);
  return {
    module,
    version,
    objects: own,
    foreign: objects.filter((object) => object.module !== module && object.state === 'active' && targets.has(object.name)),
    referredBy: referredBy(objects, own),
  };
}

/** Users, teams and companies are columns of everything; who uses them is not asked. */
function referredBy(objects: readonly ObjectDefinition[], own: readonly ObjectDefinition[]): NonNullable<ModuleSchema['referredBy']> {
  const [module] = own.map((object) => object.module);
  const others = [...Map.groupBy(objects, (object) => object.module)].filter(([name]) => name !== module);
  const named = others.map(([name, theirs]) => [name, foreignNames(theirs)] as const);
  const referred = own
    .filter(({ name }) => !ALWAYS_FOREIGN.includes(name))
    .map(({ name }) => [name, named.filter(([, names]) => names.has(name)).map(([other]) => other)] as const);
  return Object.fromEntries(referred.filter(([, modules]) => modules.length > 0));
}

/** The modules whose schema holds one of these objects, as their own or as a foreign one. */
export function modulesWith(objects: readonly ObjectDefinition[], names: ReadonlySet<string>): ReadonlySet<string> {
  const modules = [...new Set(objects.map((object) => object.module))];
  const holds = (module: string) => {
    const own = objects.filter((object) => object.module === module);
    const targets = foreignNames(own);
    return own.some((object) => names.has(object.name)) || [...targets].some((name) => names.has(name));
  };
  return new Set(modules.filter(holds));
}

function foreignNames(own: readonly ObjectDefinition[]): ReadonlySet<string> {
  const fields = own.flatMap((object) => object.fields).filter((field) => field.state !== 'retired');
  return new Set([
    ...ALWAYS_FOREIGN,
    ...fields.flatMap((field) => [...(field.target === undefined ? [] : [field.target]), ...(field.targets ?? [])]),
  ]);
}
