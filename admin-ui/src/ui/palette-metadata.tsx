import { IconColumns3, IconLayoutList } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ownFields, useMe, useObjects } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';
import type { PaletteAction, PaletteGroup } from './palette-groups.tsx';

/** As many of each as can be taken in at a glance; more letters find the others. */
const SHOWN_MAX = 6;

/** Shared views whose name has what was typed, and for administrators the fields that are called so. */
export function useDefinitions(typed: string): readonly PaletteGroup[] {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const { administrator } = useMe();
  const objects = useObjects();
  const sought = typed.toLowerCase();
  if (sought === '') return [];
  const views = objects
    .filter((object) => object.parent === undefined)
    .flatMap((object) =>
      object.views.map((view) => ({
        id: `view ${view.id}`,
        label: say(view.label),
        detail: say(object.pluralLabel),
        icon: <IconLayoutList size={18} aria-hidden />,
        onChoose: () => void navigate({ to: '/o/$object', params: { object: object.name }, search: { view: view.name } }),
      })),
    );
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
  ].filter(({ actions }) => actions.length > 0);
}
