import { IconColumns3, IconLayoutList, IconListDetails } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ownFields, useMe, useObjects, useOwnViews } from '../api/metadata.ts';
import { useOptionLists } from '../api/option-lists.ts';
import { useTexts } from '../i18n/index.ts';
import type { PaletteAction, PaletteGroup } from './palette-groups.tsx';

/** As many of each as can be taken in at a glance; more letters find the others. */
const SHOWN_MAX = 6;

/** Views, shared and one's own, whose name has what was typed, and for administrators the fields and option lists that are called so. */
export function useDefinitions(typed: string): readonly PaletteGroup[] {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const { administrator } = useMe();
  const objects = useObjects();
  const own = useOwnViews();
  const { lists } = useOptionLists(administrator);
  const sought = typed.toLowerCase();
  if (sought === '') return [];
  const views = objects
    .filter((object) => object.parent === undefined)
    .flatMap((object) =>
      [...object.views, ...own.filter((view) => view.object === object.name)].map((view) => ({
        id: `view ${view.id}`,
        label: say(view.label),
        detail: say(object.pluralLabel),
        icon: <IconLayoutList size={18} aria-hidden />,
        onChoose: () => void navigate({ to: '/o/$object', params: { object: object.name }, search: { view: view.name } }),
      })),
    );
  const optionLists = (administrator ? lists : []).map((list) => ({
    id: `option list ${list.name}`,
    label: say(list.label),
    detail: list.name,
    icon: <IconListDetails size={18} aria-hidden />,
    onChoose: () => void navigate({ to: '/settings/option-lists/$list', params: { list: list.name } }),
  }));
  const fields = (administrator ? objects : []).flatMap((object) =>
    ownFields(object).map((field) => ({
      id: `field ${field.id}`,
      label: say(field.label),
      detail: `${say(object.label)} · ${field.name}`,
      icon: <IconColumns3 size={18} aria-hidden />,
      onChoose: () =>
        void navigate({ to: '/settings/objects/$object', params: { object: object.name }, search: { tab: 'fields', field: field.name } }),
    })),
  );
  const matching = (actions: readonly PaletteAction[]): readonly PaletteAction[] =>
    actions.filter(({ label }) => label.toLowerCase().includes(sought)).slice(0, SHOWN_MAX);
  return [
    { group: t('palette.views'), actions: matching(views) },
    { group: t('palette.fields'), actions: matching(fields) },
    { group: t('settings.optionLists'), actions: matching(optionLists) },
  ].filter(({ actions }) => actions.length > 0);
}
