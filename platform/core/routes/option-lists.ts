import type { Label, OptionList } from '#platform/kernel/model.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { isLiving, listTarget, usesOf } from '#platform/metadata/option-lists.ts';
import type { Core } from '../core.ts';
import type { CoreState } from '../state.ts';
import { optionListOf } from '../steps/option-lists.ts';
import { applyOne, CHANGE_HEADERS, changed, named, NO_QUERY, param, tag, type CoreRoute } from './route.ts';

const READING = { access: 'administrator', query: NO_QUERY } as const;
const ADMINISTRATOR = { ...READING, headers: CHANGE_HEADERS, answer: named('OptionList') } as const;

/** `/option-lists`: options that fields of several objects have in common, and the fields that use them. */
export const OPTION_LIST_ROUTES: readonly CoreRoute[] = [
  {
    ...READING,
    method: 'GET',
    path: '/option-lists',
    summary: 'The option lists, with the fields that use them',
    answer: { type: 'object', properties: { items: { type: 'array', items: named('OptionList') }, version: { type: 'integer' } } },
    handler: listLists,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/option-lists',
    summary: 'Add an option list; fields use it by `optionList`',
    status: 201,
    body: named('OptionListSettings'),
    handler: addList,
  },
  {
    ...READING,
    method: 'GET',
    path: '/option-lists/:list',
    summary: 'One option list',
    answer: named('OptionList'),
    handler: getList,
  },
  {
    ...ADMINISTRATOR,
    method: 'PATCH',
    path: '/option-lists/:list',
    summary: 'Change a list, and every field that uses it, in one version',
    body: named('OptionListSettings'),
    handler: changeList,
  },
  {
    ...ADMINISTRATOR,
    method: 'DELETE',
    path: '/option-lists/:list',
    summary: 'Drop a list that no field uses',
    handler: dropList,
  },
];

type ShownList = OptionList & {
  readonly usedBy: readonly {
    readonly object: string;
    readonly field: string;
    readonly label: Label;
    readonly objectLabel: Label;
    readonly module: string;
  }[];
};

async function listLists(core: Core): Promise<RouteAnswer> {
  const state = await core.state();
  const items = [...state.lists.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1)).map((list) => shown(state, list));
  return { status: 200, headers: { 'x-metadata-version': String(state.version) }, body: { items, version: state.version } };
}

async function getList(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const list = optionListOf(state, param(request, 'list'));
  return { status: 200, headers: { etag: tag(list.version), 'x-metadata-version': String(state.version) }, body: shown(state, list) };
}

async function addList(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const applied = await applyOne(core, request, { kind: 'addOptionList', optionList: request.body });
  const created = applied.facts.find((fact) => fact.type === 'OptionListCreated');
  const name = created && 'optionList' in created ? created.optionList : '';
  const answer = changed(applied, 201, { ...(await listNow(core, name)) });
  return { ...answer, headers: { ...answer.headers, location: `/api/platform/option-lists/${name}` } };
}

async function changeList(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const optionList = param(request, 'list');
  const applied = await applyOne(core, request, { kind: 'changeOptionList', optionList, set: request.body }, listTarget(optionList));
  return changed(applied, 200, { ...(await listNow(core, optionList)) });
}

async function dropList(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const optionList = param(request, 'list');
  const applied = await applyOne(core, request, { kind: 'dropOptionList', optionList }, listTarget(optionList));
  return changed(applied, 200, { name: optionList, state: 'dropped' });
}

async function listNow(core: Core, name: string): Promise<ShownList> {
  const state = await core.state();
  return shown(state, optionListOf(state, name));
}

/** A list with the fields that use it. Only administrators come here, who may know of all of them. */
function shown({ objects }: CoreState, list: OptionList): ShownList {
  const usedBy = usesOf(objects, list.name)
    .filter(isLiving)
    .map(({ object, field }) => ({
      object: object.name,
      field: field.name,
      label: field.label,
      objectLabel: object.label,
      module: object.module,
    }));
  return { ...list, usedBy };
}
