import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';

/** Objects of the core that every other module refers to: owner, team and company are columns of every table. */
const ALWAYS_FOREIGN = ['user', 'team', 'company'];

/** What one service needs of the effective metadata: its own objects, retired ones included (they keep their tables), and what its references name. */
export function moduleSchema(objects: readonly ObjectDefinition[], module: string, version: number): ModuleSchema {
  const own = objects.filter((object) => object.module === module);
  const targets = foreignNames(own, objects);
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
  const named = others.map(([name, theirs]) => [name, foreignNames(theirs, objects)] as const);
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
    const targets = foreignNames(own, objects);
    return own.some((object) => names.has(object.name)) || [...targets].some((name) => names.has(name));
  };
  return new Set(modules.filter(holds));
}

/** What lookups name, and what a mirror of that reads one step further: `customerGroups.parent` in `mirror` names the groups. */
function foreignNames(own: readonly ObjectDefinition[], objects: readonly ObjectDefinition[]): ReadonlySet<string> {
  const fields = own.flatMap((object) => object.fields).filter((field) => field.state !== 'retired');
  const further = fields.flatMap((field) => furtherTargets(field, objects).map(({ target }) => target));
  return new Set([
    ...ALWAYS_FOREIGN,
    ...fields.flatMap((field) => [...(field.target === undefined ? [] : [field.target]), ...(field.targets ?? [])]),
    ...further,
  ]);
}

/** Of the names in a lookup's `mirror` those that lead one step further: to which object, and which of its fields is kept. */
export function furtherTargets(
  { mirror, target }: Pick<FieldDefinition, 'mirror' | 'target'>,
  objects: Iterable<ObjectDefinition>,
): readonly { readonly target: string; readonly field: string }[] {
  const paths = (mirror ?? []).flatMap((name) => (name.includes('.') ? [name.split('.')] : []));
  if (paths.length === 0) return [];
  const [middle] = [...objects].filter(({ name }) => name === target);
  return paths.flatMap(([first = '', field = '']) => {
    const through = middle?.fields.find(({ name, id, aliases }) => name === first || id === first || aliases?.includes(first) === true);
    return through?.target === undefined ? [] : [{ target: through.target, field }];
  });
}
