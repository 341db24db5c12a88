import { IconPlus, IconReportAnalytics, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useMe, useObjects, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useReports } from '../api/reports.ts';
import { searchAll } from '../api/search.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from './icon.tsx';
import { applicationsOf } from './navigation.ts';
import { recentRecords } from './recent.ts';
import { SETTINGS } from './settings.ts';

/** A line of the palette: what it is called, what else tells it from others, and what choosing it does. */
export type PaletteAction = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: ReactNode;
  /** It repeats what was typed, which needs no marking there. */
  readonly isQuiet?: boolean;
  readonly onChoose: () => void;
};

export type PaletteGroup = { readonly group: string; readonly actions: readonly PaletteAction[] };

/** Lists, new records, reports and settings whose name has what was typed. */
export function usePlaces(typed: string): readonly PaletteGroup[] {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const { administrator } = useMe();
  const objects = applicationsOf(useObjects()).flatMap((application) => application.objects);
  const sought = typed.toLowerCase();
  const matches = (action: PaletteAction): boolean => sought === '' || action.label.toLowerCase().includes(sought);
  const lists = objects.map((object) => ({
    id: `list ${object.name}`,
    label: say(object.pluralLabel),
    icon: <ObjectIcon name={object.icon} />,
    onChoose: () => void navigate({ to: '/o/$object', params: { object: object.name } }),
  }));
  const creates = objects
    .filter((object) => object.permissions.create)
    .map((object) => ({
      id: `new ${object.name}`,
      label: t('palette.new', { object: say(object.label) }),
      icon: <IconPlus size={18} aria-hidden />,
      onChoose: () => void navigate({ to: '/o/$object/new', params: { object: object.name } }),
    }));
  const reports = (useReports() ?? []).map(({ module, name, label }) => ({
    id: `report ${module}/${name}`,
    label: say(label),
    icon: <IconReportAnalytics size={18} aria-hidden />,
    onChoose: () => void navigate({ to: '/reports/$module/$name', params: { module, name }, search: {} }),
  }));
  const settings = SETTINGS.map(({ path, link, title, icon: Shape }) => ({
    id: path,
    label: t(title),
    icon: <Shape size={18} aria-hidden />,
    onChoose: () => void navigate(link),
  }));
  return [
    { group: t('palette.lists'), actions: lists.filter(matches) },
    { group: t('palette.create'), actions: creates.filter(matches) },
    { group: t('frame.reports'), actions: reports.filter(matches) },
    { group: t('app.setup'), actions: administrator ? settings.filter(matches) : [] },
  ].filter(({ actions }) => actions.length > 0);
}

/** The records looked at last, as of the `round`-th time that the palette opens. */
export function useRecent(round: number): readonly PaletteGroup[] {
  const { t, say } = useTexts();
  const { user } = useMe();
  const objects = useObjects();
  const toRecord = useRecordLink();
  const recent = useMemo(() => (round > 0 ? recentRecords(user.id ?? '') : []), [round, user.id]);
  const actions = recent.flatMap(({ object: name, id, title }): readonly PaletteAction[] => {
    const object = objects.find((one) => one.name === name);
    return object
      ? [
          {
            id: `recent ${id}`,
            label: title,
            detail: say(object.label),
            icon: <ObjectIcon name={object.icon} />,
            onChoose: () => toRecord(name, id),
          },
        ]
      : [];
  });
  return actions.length === 0 ? [] : [{ group: t('palette.recent'), actions }];
}

/** Records of every object that fit, grouped by object, each group with the way to all of its records that do. */
export function useRecords(query: string): {
  readonly groups: readonly PaletteGroup[];
  readonly late: readonly string[];
  readonly isSearching: boolean;
} {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const objects = useObjects();
  const toRecord = useRecordLink();
  const answer = useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) => searchAll(query, signal),
    enabled: query !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  const found = query === '' ? [] : (answer.data?.groups ?? []);
  const groups = found.flatMap(({ object: name, items }): readonly PaletteGroup[] => {
    const object = objects.find((one) => one.name === name);
    if (!object) return [];
    const records = items.map((item) => ({
      id: `record ${textOf(item['id'])}`,
      label: textOf(item['title']) || detailOf(object, item) || t('list.untitled'),
      detail: textOf(item['title']) === '' ? '' : detailOf(object, item),
      icon: <ObjectIcon name={object.icon} />,
      onChoose: () => toRecord(name, textOf(item['id'])),
    }));
    const all = {
      id: `all ${name}`,
      label: t('palette.searchIn', { objects: say(object.pluralLabel), q: query }),
      icon: <IconSearch size={18} aria-hidden />,
      isQuiet: true,
      onChoose: () => void navigate({ to: '/o/$object', params: { object: name }, search: { q: query } }),
    };
    return [{ group: say(object.pluralLabel), actions: [...records, all] }];
  });
  const named = (answer.data?.late ?? []).map((name) => say(objects.find((one) => one.name === name)?.pluralLabel) || name);
  return { groups, late: query === '' ? [] : named, isSearching: query !== '' && answer.isFetching };
}

function useRecordLink(): (object: string, id: string) => void {
  const navigate = useNavigate();
  return (object, id) => void navigate({ to: '/o/$object/$id', params: { object, id } });
}

/** What else the record can be told by: its other searchable fields, as far as they are short texts. */
function detailOf(object: BusinessObject, item: RecordValues): string {
  const others = object.fields.filter((field) => field.searchable === true && field.name !== object.titleField);
  const texts = others.map((field) => item[field.name]).filter((value) => typeof value === 'string');
  return texts
    .filter((text) => text !== '' && text.length <= 80)
    .slice(0, 3)
    .join(' · ');
}
