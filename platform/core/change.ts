import { isRecord } from '#platform/kernel/is-record.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { problem, refuseProblems } from '#platform/metadata/definition-errors.ts';

/**
 * A change of the metadata as an administrator asks for it. Objects and fields are named by API name or id, lists by name; definitions are
 * unchecked until the step reads them.
 */
export type Change =
  | { readonly kind: 'addField'; readonly object: string; readonly field: unknown }
  | { readonly kind: 'changeField'; readonly object: string; readonly field: string; readonly set: unknown }
  | { readonly kind: 'retireField' | 'restoreField' | 'dropField'; readonly object: string; readonly field: string }
  | { readonly kind: 'addObject'; readonly object: unknown }
  | { readonly kind: 'changeObject'; readonly object: string; readonly set: unknown }
  | { readonly kind: 'retireObject' | 'restoreObject' | 'dropObject'; readonly object: string }
  | { readonly kind: 'setLayout'; readonly object: string; readonly layout: string; readonly value: unknown }
  | { readonly kind: 'resetLayout' | 'generateLayout'; readonly object: string; readonly layout: string }
  | { readonly kind: 'setView'; readonly object: string; readonly view: unknown }
  | { readonly kind: 'removeView'; readonly object: string; readonly view: string }
  | { readonly kind: 'addOptionList'; readonly optionList: unknown }
  | { readonly kind: 'changeOptionList'; readonly optionList: string; readonly set: unknown }
  | { readonly kind: 'dropOptionList'; readonly optionList: string }
  | { readonly kind: 'setAccess'; readonly object: string; readonly role: string; readonly grant: unknown };

export type ChangeKind = Change['kind'];

/** A change with the JSON pointer at which its definition stands in the request, so that refusals point there. */
export type LocatedChange = { readonly change: Change; readonly pointer: string };

/** What each kind needs besides `kind`, and which of them is the definition. */
const PARTS: { readonly [Kind in ChangeKind]: { readonly names: readonly string[]; readonly definition?: string } } = {
  addField: { names: ['object'], definition: 'field' },
  changeField: { names: ['object', 'field'], definition: 'set' },
  retireField: { names: ['object', 'field'] },
  restoreField: { names: ['object', 'field'] },
  dropField: { names: ['object', 'field'] },
  addObject: { names: [], definition: 'object' },
  changeObject: { names: ['object'], definition: 'set' },
  retireObject: { names: ['object'] },
  restoreObject: { names: ['object'] },
  dropObject: { names: ['object'] },
  setLayout: { names: ['object', 'layout'], definition: 'value' },
  resetLayout: { names: ['object', 'layout'] },
  generateLayout: { names: ['object', 'layout'] },
  setView: { names: ['object'], definition: 'view' },
  removeView: { names: ['object', 'view'] },
  addOptionList: { names: [], definition: 'optionList' },
  changeOptionList: { names: ['optionList'], definition: 'set' },
  dropOptionList: { names: ['optionList'] },
  setAccess: { names: ['object', 'role'], definition: 'grant' },
};

/** Every kind of change. */
export const CHANGE_KINDS: readonly string[] = Object.keys(PARTS);

/** As many changes may be made as one. */
export const CHANGES_MAX = 200;

/** Reads `{changes: […]}`; the definitions inside are read by the steps. */
export function readChanges(body: unknown): readonly LocatedChange[] {
  const list = isRecord(body) ? body['changes'] : undefined;
  if (!Array.isArray(list) || list.length === 0)
    refuseProblems([problem('/changes', 'required', 'Send {"changes": […]} with at least one change.')]);
  const changes: readonly unknown[] = Array.isArray(list) ? list : [];
  if (changes.length > CHANGES_MAX) refuseProblems([problem('/changes', 'maxItems', `At most ${CHANGES_MAX} changes are made as one.`)]);
  return changes.map((change, position) => readChange(change, `/changes/${position}`));
}

function readChange(input: unknown, pointer: string): LocatedChange {
  const kinds = Object.keys(PARTS);
  if (!isRecord(input) || typeof input['kind'] !== 'string' || !isKind(input['kind'])) {
    const given = isRecord(input) ? String(input['kind']) : '';
    const near = nearest(given, kinds);
    refuseProblems([
      problem(
        `${pointer}/kind`,
        'unknown',
        `There is no kind of change "${given.slice(0, 60)}"${near ? `; did you mean "${near}"?` : `: take one of ${kinds.join(', ')}.`}`,
      ),
    ]);
    throw new Error('unreachable');
  }
  const parts = PARTS[input['kind']];
  const wanted = [...parts.names, ...(parts.definition === undefined ? [] : [parts.definition])];
  const extra = Object.keys(input).filter((name) => name !== 'kind' && !wanted.includes(name));
  refuseProblems([
    ...extra.map((name) =>
      problem(`${pointer}/${name}`, 'unknown', `A change of kind ${String(input['kind'])} takes ${wanted.join(', ')}, not "${name}".`),
    ),
    ...parts.names.flatMap((name) =>
      typeof input[name] === 'string' ? [] : [problem(`${pointer}/${name}`, 'required', `"${name}" is missing: the name of it.`)],
    ),
    ...(parts.definition !== undefined && !Object.hasOwn(input, parts.definition)
      ? [problem(`${pointer}/${parts.definition}`, 'required', `"${parts.definition}" is missing.`)]
      : []),
  ]);
  // PARTS, which has just been checked, says for every kind what Change says.
  return {
    change: trusted<Change>(input),
    pointer: parts.definition === undefined ? pointer : `${pointer}/${parts.definition}`,
  };
}

function isKind(kind: string): kind is ChangeKind {
  return Object.hasOwn(PARTS, kind);
}
