import { hasSections, pageOf } from '#platform/kernel/layouts.ts';
import type { LayoutRule, ObjectDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { askedProblem } from './condition-check.ts';
import { conditionProblem, renamedCondition } from './condition-shape.ts';
import { problem, type Problem } from './definition-errors.ts';

/** JSON Schema of the setting: which layout is taken when, in order; the first rule that fits holds, else the page's own layout. */
export const layoutRulesSchema = {
  type: 'array',
  maxItems: 50,
  items: {
    type: 'object',
    properties: {
      layout: { type: 'string' },
      roles: { type: 'array', minItems: 1, maxItems: 50, uniqueItems: true, items: { type: 'string' } },
      when: { type: 'object', minProperties: 1 },
    },
    required: ['layout'],
    additionalProperties: false,
  },
  description:
    'In order: a layout by name, the roles it is for, the condition that its records meet. What no rule fits has the layout called like the page.',
} as const;

/** What is wrong with the rules of an object: layouts nobody knows, roles that are not there, conditions that cannot be asked. */
export function layoutRuleProblems(object: ObjectDefinition, roles: ReadonlySet<string> | undefined): readonly Problem[] {
  return (object.layoutRules ?? []).flatMap((rule, position) => {
    const at = `/layoutRules/${position}`;
    return [...layoutProblem(object, rule, at), ...roleProblems(rule, roles, at), ...whenProblem(object, rule, at)];
  });
}

function layoutProblem(object: ObjectDefinition, rule: LayoutRule, at: string): readonly Problem[] {
  const layout = object.layouts.find((one) => one.name === rule.layout);
  const others = object.layouts.filter((one) => one.page !== undefined).map((one) => one.name);
  if (!layout) {
    const near = nearest(rule.layout, others);
    const hint = near === undefined ? '.' : `; did you mean "${near}"?`;
    return [problem(`${at}/layout`, 'unknown', `${object.label.en} has no layout "${rule.layout.slice(0, 80)}"${hint}`)];
  }
  if (layout.page === undefined)
    return [problem(`${at}/layout`, 'default', `"${layout.name}" is what its page falls back to; a rule names another layout.`)];
  return [];
}

function roleProblems(rule: LayoutRule, roles: ReadonlySet<string> | undefined, at: string): readonly Problem[] {
  if (roles === undefined) return [];
  return (rule.roles ?? []).flatMap((role, index) =>
    roles.has(role) ? [] : [problem(`${at}/roles/${index}`, 'unknown', `There is no role "${role.slice(0, 80)}".`)],
  );
}

function whenProblem(object: ObjectDefinition, rule: LayoutRule, at: string): readonly Problem[] {
  if (rule.when === undefined) return [];
  const layout = object.layouts.find((one) => one.name === rule.layout);
  const page = layout && pageOf(layout);
  if (page !== undefined && !hasSections(page))
    return [problem(`${at}/when`, 'condition', 'A list is of many records: its layout is chosen by roles alone.')];
  const shape = conditionProblem(rule.when);
  if (shape !== null) return [problem(`${at}/when`, 'condition', shape)];
  const wrong = askedProblem(object, rule.when);
  return wrong === undefined ? [] : [problem(`${at}/when`, wrong.rule, wrong.message)];
}

/** The object whose rules have their conditions under new names. */
export function withRenamedRules<O extends Pick<ObjectDefinition, 'layoutRules'>>(object: O, names: ReadonlyMap<string, string>): O {
  if (!object.layoutRules) return object;
  return {
    ...object,
    layoutRules: object.layoutRules.map((rule) => (rule.when === undefined ? rule : { ...rule, when: renamedCondition(rule.when, names) })),
  };
}

/** The object without the rules that a layout's going leaves behind. */
export function withoutLayout(object: ObjectDefinition, name: string): ObjectDefinition {
  const { layoutRules, ...rest } = object;
  const kept = (layoutRules ?? []).filter((rule) => rule.layout !== name);
  return { ...rest, layouts: object.layouts.filter((layout) => layout.name !== name), ...(kept.length > 0 ? { layoutRules: kept } : {}) };
}
