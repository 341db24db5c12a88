import { ActionIcon, Tooltip } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconBaselineDensityMedium, IconBaselineDensitySmall, IconDots, IconRefresh, IconTrash, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { SearchInput } from '#admin-ui/src/ui/search-input.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { DisplaySwitch } from './display-switch.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterBuilder, type Filtering } from './filter-builder.tsx';
import type { Density } from './list-preferences.ts';
import { SaveView } from './save-view.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { List } from './use-list.ts';

type Props = {
  readonly object: BusinessObject;
  readonly list: List;
  readonly filtering: Filtering | null;
  readonly onFiltering: (filtering: Filtering | null) => void;
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
  readonly onNewField?: (() => void) | undefined;
};

/** Searching, narrowing down, and what can be done with the whole list or the rows ticked. */
export function ListToolbar({ object, list, filtering, onFiltering, ...tools }: Props) {
  const { t, say } = useTexts();
  const [typed, setTyped] = useState(list.state.q ?? '');
  const search = useDebouncedCallback((q: string) => list.change({ q: q === '' ? undefined : q }), 200);
  const isNarrow = useMediaQuery('(max-width: 599px)', undefined, { getInitialValueInEffect: false });
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <div className="page-head list-tools" role="toolbar" aria-label={t('list.tools')}>
      <SearchInput
        label={t('list.search', { objects: say(object.pluralLabel) })}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          search(text.trim());
        }}
      />
      <FilterBuilder
        object={object}
        filter={list.shown.filter}
        filtering={filtering}
        onFiltering={onFiltering}
        onChange={(filter) => list.change({ filter: filter ?? (list.view?.filter === undefined ? undefined : {}) })}
      />
      {list.isChanged && <SaveView object={object} shown={list.shown} onSaved={(view) => list.chooseView(view.id)} />}
      <span className="grow" />
      {isNarrow && (
        <ActionIcon
          variant={isOpen ? 'filled' : 'default'}
          size={34}
          aria-label={t('list.moreTools')}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          <IconDots size={16} />
        </ActionIcon>
      )}
      <SelectionBar object={object} list={list} />
      {(!isNarrow || isOpen) && <Tools object={object} list={list} {...tools} />}
    </div>
  );
}

/** What is seldom used: how it is drawn, files in and out, the recycle bin. On a telephone it waits behind a button. */
function Tools({ object, list, density, onDensity, onNewField }: Omit<Props, 'filtering' | 'onFiltering'>) {
  const { t } = useTexts();
  return (
    <>
      <DisplaySwitch object={object} list={list} />
      <IconAction
        label={t(list.isBehind ? 'list.behind' : 'list.refresh')}
        isOn={list.isBehind}
        onClick={list.refresh}
        icon={<IconRefresh size={16} />}
      />
      {(object.permissions.create || object.permissions.edit) && !list.state.deleted && (
        <Tooltip label={t('import.open')}>
          <ActionIcon
            variant="default"
            size={34}
            aria-label={t('import.open')}
            renderRoot={(props) => <Link {...props} to="/o/$object/import" params={{ object: object.name }} />}
          >
            <IconUpload size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <ExportMenu object={object} query={list.exported} />
      <IconAction
        label={t(list.state.deleted ? 'list.leaveBin' : 'list.bin')}
        isOn={list.state.deleted === true}
        onClick={() => list.change({ deleted: list.state.deleted ? undefined : true })}
        icon={<IconTrash size={16} />}
      />
      {list.shown.display === undefined && (
        <IconAction
          label={t(density === 'compact' ? 'list.normalRows' : 'list.compactRows')}
          onClick={() => onDensity(density === 'compact' ? 'normal' : 'compact')}
          icon={density === 'compact' ? <IconBaselineDensityMedium size={16} /> : <IconBaselineDensitySmall size={16} />}
        />
      )}
      <ColumnsMenu object={object} columns={list.shown.columns} onChange={(columns) => list.change({ columns })} onNewField={onNewField} />
    </>
  );
}

type ActionProps = { readonly label: string; readonly onClick: () => void; readonly icon: ReactNode; readonly isOn?: boolean };

function IconAction({ label, onClick, icon, isOn }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant={isOn === true ? 'filled' : 'default'} size={34} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
