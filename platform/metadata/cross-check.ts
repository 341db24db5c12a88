import { conditionsOf } from '#platform/kernel/conditions/field-rules.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isPlainItem } from '#platform/kernel/layouts.ts';
import type { CommandDefinition, FieldDefinition, LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { conditionProblems } from './condition-check.ts';
import { problem, under, type Problem } from './definition-errors.ts';
import { findField, type FindObject } from './layout.ts';
import { fieldIds } from './layout-fields.ts';
import { layoutRuleProblems } from './layout-rules.ts';
import { invariantProblems } from './invariants.ts';
import { mirroredField } from './mirrored-field.ts';
import { togetherProblems } from './unique-together.ts';
import { IDENTIFIER_BYTES_MAX } from './naming.ts';
import { apiNameOf } from './schema-index.ts';
import { displayProblems, groupProblems, pathProblem } from './view.ts';

/** What is wrong where: `part` is the file of a standard object it would be in; pointers name fields by name (`/fields/customer/target`). */
export type Finding = Problem & { readonly object: string; readonly part: 'object' | 'layouts' | 'views' | 'access' };

/** An object may have this many fields before it is refused, and this many before one is warned. */
export const FIELDS_MAX = 800;
export const FIELDS_WARN = 200;

/** Everything that can only be seen with all objects side by side. `roles` absent: role names are not checked. */
export function crossCheck(objects: readonly ObjectDefinition[], roles?: ReadonlySet<string>): readonly Finding[] {
  const living = objects.filter((object) => object.state === 'active');
  const byName = new Map(living.map((object) => [object.name, object]));
  const find: FindObject = (name) => byName.get(name);
  return [...sameNames(living), ...living.flatMap((object) => checkObject(object, find, roles))];
}

/** The findings of one object against the others. */
export function checkObject(object: ObjectDefinition, find: FindObject, roles?: ReadonlySet<string>): readonly Finding[] {
  const fields = object.fields.filter((field) => field.state !== 'retired');
  const tagged = (part: Finding['part'], problems: readonly Problem[]) =>
    problems.map((one): Finding => ({ ...one, object: object.name, part }));
  return [
    ...tagged('object', [
      ...checkNames(object, fields),
      ...fields.flatMap((field) => checkReferences(field, object, find)),
      ...checkSettings(object, find),
      ...conditionProblems(object),
      ...togetherProblems(object),
      ...invariantProblems(object, find),
      ...layoutRuleProblems(object, roles),
      ...object.commands.flatMap((command) => checkCommand(command, object)),
    ]),
    ...tagged(
      'layouts',
      object.layouts.flatMap((layout) => checkLayout(layout, object, find)),
    ),
    ...tagged('views', checkViews(object, find)),
    ...tagged('access', checkAccess(object, roles)),
  ];
}

function sameNames(objects: readonly ObjectDefinition[]): readonly Finding[] {
  const seen = new Map<string, ObjectDefinition>();
  return objects.flatMap((object) => {
    const keys = [`name ${object.name}`, `collection ${object.module}/${object.collection}`, `table ${object.module}/${object.table}`];
    return keys.flatMap((key) => {
      const other = seen.get(key);
      seen.set(key, object);
      if (!other) return [];
      const what = key.split(' ')[0] ?? 'name';
      return [
        {
          ...problem(`/${what}`, 'duplicate', `The ${what} of ${object.name} is taken by ${other.name} of ${other.module}.`),
          object: object.name,
          part: 'object' as const,
        },
      ];
    });
  });
}

function checkNames(object: ObjectDefinition, fields: readonly FieldDefinition[]): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Map<string, string>();
  const keys = new Map<string, string>();
  const columns = new Set<string>();
  const patches = new Set(fields.filter((field) => field.type === 'children').map((field) => `${field.name}Patch`));
  for (const field of fields) {
    const same = names.get(field.name.toLowerCase()) ?? keys.get(apiNameOf(field));
    if (same !== undefined)
      problems.push(problem(`/fields/${field.name}/name`, 'duplicate', `${object.label.en} has a field "${same}" already.`));
    if (patches.has(field.name))
      problems.push(
        problem(`/fields/${field.name}/name`, 'duplicate', `"${field.name}" is how single rows are written; take another name.`),
      );
    if (Buffer.byteLength(field.column) > IDENTIFIER_BYTES_MAX)
      problems.push(
        problem(`/fields/${field.name}/name`, 'name', `Its column "${field.column}" would be longer than ${IDENTIFIER_BYTES_MAX} bytes.`),
      );
    names.set(field.name.toLowerCase(), field.name);
    keys.set(apiNameOf(field), field.name);
  }
  for (const field of object.fields) {
    if (hasColumn(field) && columns.has(field.column))
      problems.push(problem(`/fields/${field.name}/name`, 'duplicate', `The column "${field.column}" is there twice.`));
    if (hasColumn(field)) columns.add(field.column);
  }
  if (object.fields.length > FIELDS_MAX) problems.push(problem('/fields', 'limit', `An object has at most ${FIELDS_MAX} fields.`));
  return problems;
}

function checkReferences(field: FieldDefinition, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const at = `/fields/${field.name}`;
  if (field.type === 'children') return checkChild(field, object, find);
  const problems: Problem[] = [];
  const target = field.target === undefined ? undefined : find(field.target);
  if (field.target !== undefined && !target)
    problems.push(problem(`${at}/target`, 'unknown', `There is no object "${field.target}" to refer to.`));
  if (target?.parent !== undefined && field.system !== true)
    problems.push(problem(`${at}/target`, 'target', `${target.label.en} lives inside ${target.parent}; refer to that.`));
  for (const name of field.targets ?? []) {
    if (find(name)?.parent !== undefined || !find(name))
      problems.push(problem(`${at}/targets`, 'unknown', `There is no object "${name}" to refer to.`));
  }
  if (field.path !== undefined) problems.push(...checkPath(field, object, find));
  for (const name of target ? (field.mirror ?? []) : []) {
    const mirrored = target ? mirroredField(target, name, find) : undefined;
    if (!mirrored || !hasColumn(mirrored))
      problems.push(problem(`${at}/mirror`, 'unknown', `${target?.label.en} has no field "${name}" that can be kept here.`));
  }
  problems.push(...checkCount(field, object, find));
  if (field.explainedBy !== undefined && findField(object, field.explainedBy)?.type !== 'json')
    problems.push(problem(`${at}/explainedBy`, 'unknown', `${object.label.en} has no JSON field "${field.explainedBy}".`));
  if (field.currencyField !== undefined) {
    const currency = findField(object, field.currencyField);
    if (!currency || !['currency', 'text', 'select'].includes(currency.type))
      problems.push(problem(`${at}/currencyField`, 'unknown', `${object.label.en} has no field of a currency "${field.currencyField}".`));
  }
  return problems;
}

function hasColumn(field: FieldDefinition): boolean {
  return fieldType(field.type).storage !== 'none';
}

/** A count is held against a number of its own row, and against a percentage of the record that the row belongs to. */
function checkCount({ name, count }: FieldDefinition, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const parent = object.parent === undefined ? undefined : find(object.parent);
  const isNumber = (field: FieldDefinition | undefined): boolean => field !== undefined && fieldType(field.type).storage === 'numeric';
  return [
    ...(count?.atMost === undefined || isNumber(findField(object, count.atMost))
      ? []
      : [problem(`/fields/${name}/count`, 'unknown', `${object.label.en} has no number "${count.atMost}" to count up to.`)]),
    ...(count?.tolerance === undefined || (parent && isNumber(findField(parent, count.tolerance)))
      ? []
      : [
          problem(
            `/fields/${name}/count`,
            'unknown',
            `There is no percent field "${count.tolerance}" of what ${object.label.en} belongs to.`,
          ),
        ]),
  ];
}

/** A related value is a field with a column, of what a single reference of the same object leads to. */
function checkPath(field: FieldDefinition, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const at = `/fields/${field.name}/path`;
  const [first, last] = (field.path ?? '').split('.');
  const reference = findField(object, first);
  const target = reference?.target === undefined ? undefined : find(reference.target);
  if (!reference || !target || reference.type === 'manyToMany')
    return [problem(at, 'unknown', `${object.label.en} has no reference "${first}" to read through.`)];
  const origin = findField(target, last);
  const statuses = object.fields.find((one) => one.type === 'status' && one.state !== 'retired')?.options?.map((option) => option.key);
  if (!origin || !hasColumn(origin)) return [problem(at, 'unknown', `${target.label.en} has no field "${last}" to be read.`)];
  return (field.followsIn ?? []).flatMap((key) =>
    statuses?.includes(key) === true ? [] : [problem(`/fields/${field.name}/followsIn`, 'unknown', `The status has no option "${key}".`)],
  );
}

function checkChild(field: FieldDefinition, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const at = `/fields/${field.name}/child`;
  const child = field.child === undefined ? undefined : find(field.child);
  if (!child) return [problem(at, 'unknown', `There is no object "${field.child}".`)];
  if (child.parent !== object.name)
    return [problem(at, 'child', `${child.label.en} does not live inside ${object.name}: its "parent" is ${child.parent ?? 'not set'}.`)];
  if (child.module !== object.module) return [problem(at, 'child', `${child.label.en} is of another module.`)];
  const others = object.fields.filter((other) => other.type === 'children' && other.state !== 'retired' && other.child === field.child);
  return others.length > 1 ? [problem(at, 'duplicate', `${child.label.en} is the child of two fields.`)] : [];
}

function checkSettings(object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const status = object.fields.filter((field) => field.type === 'status' && field.state !== 'retired');
  const title = findField(object, object.titleField);
  const sort = (object.defaultSort ?? '').split(',').filter((part) => part !== '');
  return [
    ...(title && hasColumn(title)
      ? []
      : [problem('/titleField', 'unknown', `${object.label.en} has no field "${object.titleField}" to be its title.`)]),
    ...(object.parent !== undefined && !find(object.parent)
      ? [problem('/parent', 'unknown', `There is no object "${object.parent}".`)]
      : []),
    ...(status.length > 1 ? [problem('/fields', 'status', `${object.label.en} has more than one status.`)] : []),
    ...(object.editableIn ?? []).flatMap((key) =>
      status[0]?.options?.some((option) => option.key === key) === true
        ? []
        : [problem('/editableIn', 'unknown', `The status has no option "${key}".`)],
    ),
    ...sort.flatMap((part) => sortProblem(part.replace(/^-/, ''), object, find)),
  ];
}

function sortProblem(path: string, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const wrong = pathProblem(path, object, find);
  if (wrong) return [{ ...wrong, pointer: '/defaultSort' }];
  const field = path.includes('.') ? undefined : findField(object, path);
  return field && !fieldType(field.type).sortable ? [problem('/defaultSort', 'sort', `A list cannot be sorted by ${field.label.en}.`)] : [];
}

function checkCommand(command: CommandDefinition, object: ObjectDefinition): readonly Problem[] {
  const at = `/commands/${command.name}`;
  const keys = object.fields.find((field) => field.type === 'status')?.options?.map((option) => option.key) ?? [];
  const states = [...(command.from ?? []), ...(command.to === undefined ? [] : [command.to])];
  const draws = command.draws === undefined ? undefined : findField(object, command.draws);
  return [
    ...(object.commands.filter((other) => other.name === command.name).length > 1
      ? [problem(at, 'duplicate', `The command "${command.name}" is there twice.`)]
      : []),
    ...states.flatMap((key) => (keys.includes(key) ? [] : [problem(at, 'unknown', `The status has no option "${key}"${near(key, keys)}`)])),
    ...(command.input ?? [])
      .filter((field) => conditionsOf(field).length > 0)
      .map((field) => problem(`${at}/input/${field.name}`, 'condition', 'The input of a command takes no conditions.')),
    ...(command.draws === undefined || draws?.type === 'documentNumber'
      ? []
      : [problem(`${at}/draws`, 'unknown', `"${command.draws}" is no field of type documentNumber.`)]),
  ];
}

function near(wrong: string, known: readonly string[]): string {
  const found = nearest(wrong, known);
  return found ? `; did you mean "${found}"?` : '.';
}

function checkLayout(layout: LayoutDefinition, object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const has = (owner: ObjectDefinition | undefined, id: string) => owner !== undefined && fieldIds(owner).has(id);
  const missing = (id: string, owner: string) =>
    problem(`/${layout.name}`, 'unknown', `The layout names the field "${id}", which ${owner} does not have.`);
  const columns = (layout.columns ?? []).flatMap((id) => (has(object, id) ? [] : [missing(id, object.name)]));
  const items = (layout.sections ?? [])
    .flatMap((section) => section.items)
    .flatMap((item) => {
      if (isPlainItem(item)) return [];
      const owner = item.kind === 'related' ? find(item.object) : object;
      if (!has(owner, item.field)) return [missing(item.field, item.kind === 'related' ? item.object : object.name)];
      if (item.kind === 'field') return [];
      const rows = item.kind === 'related' ? owner : find(object.fields.find((field) => field.id === item.field)?.child ?? '');
      const sorted = item.kind === 'related' && item.sort ? [item.sort.field] : [];
      return [...(item.columns ?? []), ...sorted].flatMap((id) => (has(rows, id) ? [] : [missing(id, rows?.name ?? item.field)]));
    });
  return [...columns, ...items];
}

function checkViews(object: ObjectDefinition, find: FindObject): readonly Problem[] {
  const names = object.views.map((view) => view.name);
  return object.views.flatMap((view) => {
    const paths = [
      ...(view.columns ?? []),
      ...(view.sort ?? '')
        .split(',')
        .filter((part) => part !== '')
        .map((part) => part.replace(/^-/, '')),
    ];
    const twice = names.filter((name) => name === view.name).length > 1 && view.visibility.kind !== 'user';
    return [
      ...(twice ? [problem(`/${view.name}`, 'duplicate', `The view "${view.name}" is there twice.`)] : []),
      ...(view.display === undefined ? [] : under(`/${view.name}/display`, displayProblems(view.display, object))),
      ...(view.group === undefined ? [] : under(`/${view.name}`, groupProblems(view.group, object))),
      ...paths.flatMap((path) => {
        const wrong = pathProblem(path, object, find);
        return wrong ? [{ ...wrong, pointer: `/${view.name}` }] : [];
      }),
    ];
  });
}

function checkAccess(object: ObjectDefinition, roles: ReadonlySet<string> | undefined): readonly Problem[] {
  const commands = object.commands.map((command) => command.name);
  const unknownRole = (role: string, pointer: string) =>
    roles === undefined || roles.has(role) ? [] : [problem(pointer, 'unknown', `There is no role "${role}"${near(role, [...roles])}`)];
  return [
    ...Object.entries(object.access).flatMap(([role, grant]) => [
      ...unknownRole(role, `/${role}`),
      ...(grant.commands === true ? [] : (grant.commands ?? [])).flatMap((name) =>
        commands.includes(name) ? [] : [problem(`/${role}/commands`, 'unknown', `There is no command "${name}"${near(name, commands)}`)],
      ),
    ]),
    ...object.fields.flatMap((field) =>
      [...new Set([...(field.access?.read ?? []), ...(field.access?.edit ?? [])])].flatMap((role) =>
        unknownRole(role, `/fields/${field.name}/access`),
      ),
    ),
  ];
}
