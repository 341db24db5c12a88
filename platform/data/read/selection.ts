import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import {
  fieldsOfSide,
  findChildren,
  findField,
  findStep,
  PATH_NAMES_MAX,
  stepNames,
  unknownName,
  valueNames,
  type Children,
  type Side,
  type Step,
} from '../names.ts';
import { newJoins, relatedRows, shownExpression, type Builder, type Joins } from './builder.ts';
import type { Member } from './shape.ts';
import { titledReference } from './titled-reference.ts';

/** Paths in `fields` and `expand` together. */
const SELECTED_MAX = 200;

/** Names of fields to answer with, and of lookups to answer as records. Nothing in both is the record as it is by default. */
export type Selection = {
  readonly fields?: readonly string[] | undefined;
  readonly expand?: readonly string[] | undefined;
};

/** The shape of a record of `side`, the base of `joins`, for `fields` and `expand`: `number,total,customer.name,lines.product`. */
export function selectedMembers(builder: Builder, joins: Joins, side: Side, selection: Selection): readonly Member[] {
  const fields = selection.fields ?? [];
  const expand = selection.expand ?? [];
  if (fields.length + expand.length > SELECTED_MAX) throw new Refusal('malformed_request', `At most ${SELECTED_MAX} fields can be named.`);
  const wanted: Wanted = { all: fields.length === 0, isExpanded: false, parts: new Map() };
  for (const path of fields) add(wanted, path, false);
  for (const path of expand) add(wanted, path, true);
  return members({ builder, joins, steps: [], side, path: '' }, wanted);
}

/** What is wanted of a record: its default fields (`all`) or only what is named; `isExpanded`: it must be a record, not a value. */
type Wanted = { all: boolean; isExpanded: boolean; readonly parts: Map<string, Wanted> };

/** One record of a selection: its side, and the hops to it from the base of `joins`. `path` is what was written to get here. */
type Level = {
  readonly builder: Builder;
  readonly joins: Joins;
  readonly steps: readonly Step[];
  readonly side: Side;
  readonly path: string;
};

function add(root: Wanted, path: string, isExpansion: boolean): void {
  const names = path.split('.');
  if (names.length > PATH_NAMES_MAX) throw new Refusal('malformed_request', `A path has at most ${PATH_NAMES_MAX} names.`);
  let at = root;
  for (const [position, name] of names.entries()) {
    const next = at.parts.get(name) ?? { all: false, isExpanded: false, parts: new Map<string, Wanted>() };
    at.parts.set(name, next);
    // What an expansion passes through keeps its own fields; what a field list passes through has only what is named.
    if (isExpansion || position === names.length - 1) next.all = true;
    if (isExpansion) next.isExpanded = true;
    at = next;
  }
}

function members(level: Level, wanted: Wanted): readonly Member[] {
  const named = [...wanted.parts].map(([name, part]) => namedMember(level, name, part));
  if (!wanted.all) return named;
  const replaced = new Set(named.map((member) => member.key));
  return [...defaultMembers(level).filter((member) => !replaced.has(member.key)), ...named];
}

function namedMember(level: Level, name: string, wanted: Wanted): Member {
  const { scope } = level.builder;
  const children = findChildren(scope, level.side, name);
  if (children) return rowsMember(level, children, wanted);
  const step = findStep(scope, level.side, name);
  if (step) return objectMember(level, step, wanted);
  const isValue = !wanted.isExpanded && wanted.parts.size === 0;
  const field = isValue ? findField(scope, level.side, name) : null;
  if (field && field.type !== 'children') return valueMember(level, field);
  const reference = wanted.isExpanded && wanted.parts.size === 0 ? findField(scope, level.side, name) : null;
  if (reference?.type === 'polymorphic')
    return { ...valueMember(level, reference), sql: titledReference(scope, aliasOf(level), reference) };
  const candidates = [...(isValue ? valueNames(scope, level.side) : []), ...stepNames(scope, level.side)];
  throw unknownName(
    level.side.object,
    level.path + name,
    candidates.map((candidate) => level.path + candidate),
  );
}

function objectMember(level: Level, step: Step, wanted: Wanted): Member {
  const steps = [...level.steps, step];
  const inner: Level = { ...level, steps, side: step.to, path: `${level.path}${step.field.name}.` };
  return {
    kind: 'object',
    key: step.field.name,
    present: `${level.joins.reach(steps)}.id`,
    members: members(inner, wanted),
  };
}

function valueMember(level: Level, field: FieldDefinition): Member & { kind: 'value' } {
  return { kind: 'value', key: apiNameOf(field), ...shownExpression(level.builder.scope, aliasOf(level), level.side, field) };
}

function rowsMember(level: Level, found: Children, wanted: Wanted): Member {
  const alias = level.builder.alias();
  const joins = newJoins(level.builder, alias);
  const inside = members({ builder: level.builder, joins, steps: [], side: found.side, path: `${level.path}${found.field.name}.` }, wanted);
  const rows = relatedRows(found, alias, aliasOf(level));
  return { kind: 'rows', key: found.field.name, rows: { ...rows, from: `${rows.from}${joins.sql()}`, members: inside } };
}

/** The default fields of a record. One inside another shows its values, not its children. */
function defaultMembers(level: Level): readonly Member[] {
  const { scope } = level.builder;
  return fieldsOfSide(scope, level.side).flatMap((field): readonly Member[] => {
    if (field.type !== 'children') return [valueMember(level, field)];
    const children = level.path === '' ? findChildren(scope, level.side, field.name) : null;
    return children ? [rowsMember(level, children, { all: true, isExpanded: false, parts: new Map() })] : [];
  });
}

function aliasOf(level: Level): string {
  return level.joins.reach(level.steps);
}
