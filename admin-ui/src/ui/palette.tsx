import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import '../styles/kit-screens.css';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useMe, useObjects, type BusinessObject } from '../api/metadata.ts';
import { lookUp } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from './icon.tsx';
import { applicationsOf } from './navigation.ts';
import { SETTINGS } from './settings.ts';

type Action = { readonly id: string; readonly label: string; readonly leftSection: ReactNode; readonly onClick: () => void };
type Group = { readonly group: string; readonly actions: Action[] };

/** Ctrl-K: records of every object, lists, new records, settings. It opens whenever `searches` counts one more. */
export function Palette({ searches }: { readonly searches: number }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const places = usePlaces(typed.trim().toLowerCase());
  const records = useRecords(query);
  useEffect(() => {
    if (searches > 0) spotlight.open();
  }, [searches]);
  return (
    <Spotlight
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      actions={[...records, ...places]}
      filter={(_query, actions) => actions}
      nothingFound={t('palette.nothing')}
      highlightQuery
      scrollable
      maxHeight={440}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  );
}

function usePlaces(typed: string): readonly Group[] {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const { administrator } = useMe();
  const objects = applicationsOf(useObjects()).flatMap((application) => application.objects);
  const matches = (action: Action): boolean => typed === '' || action.label.toLowerCase().includes(typed);
  const lists = objects.map((object) => ({
    id: `list ${object.name}`,
    label: say(object.pluralLabel),
    leftSection: <ObjectIcon name={object.icon} />,
    onClick: () => void navigate({ to: '/o/$object', params: { object: object.name } }),
  }));
  const creates = objects
    .filter((object) => object.permissions.create)
    .map((object) => ({
      id: `new ${object.name}`,
      label: t('palette.new', { object: say(object.label) }),
      leftSection: <IconPlus size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/o/$object/new', params: { object: object.name } }),
    }));
  const settings = SETTINGS.map(({ path, link, title, icon: Shape }) => ({
    id: path,
    label: t(title),
    leftSection: <Shape size={18} aria-hidden />,
    onClick: () => void navigate(link),
  }));
  return [
    { group: t('palette.lists'), actions: lists.filter(matches) },
    { group: t('palette.create'), actions: creates.filter(matches) },
    { group: t('app.setup'), actions: administrator ? settings.filter(matches) : [] },
  ].filter(({ actions }) => actions.length > 0);
}

function useRecords(query: string): readonly Group[] {
  const { say } = useTexts();
  const navigate = useNavigate();
  const objects = applicationsOf(useObjects()).flatMap((application) => application.objects);
  const answers = useQueries({
    queries: objects.map((object) => ({
      queryKey: ['palette', object.name, query],
      queryFn: ({ signal }: { signal: AbortSignal }) => lookUp(object, query, signal),
      enabled: query.length >= 2,
      placeholderData: keepPreviousData,
      retry: false,
    })),
  });
  if (query.length < 2) return [];
  const actionsOf = (object: BusinessObject, index: number): Action[] =>
    (answers[index]?.data?.items ?? []).slice(0, 5).map((item) => ({
      id: `record ${textOf(item['id'])}`,
      label: textOf(item['title']) || textOf(item['id']),
      leftSection: <ObjectIcon name={object.icon} />,
      onClick: () => void navigate({ to: '/o/$object/$id', params: { object: object.name, id: textOf(item['id']) } }),
    }));
  return objects
    .map((object, index) => ({ group: say(object.pluralLabel), actions: actionsOf(object, index) }))
    .filter(({ actions }) => actions.length > 0);
}
