import { ActionIcon, Button, Tabs, TextInput, Title, Tooltip } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useDocumentTitle } from '@mantine/hooks';
import { IconDownload, IconPlus, IconRefresh, IconSearch, IconTrash } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { recordsPath, useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { NewField } from '../objects/new-field.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { ListCount } from './list-count.tsx';
import { ListGrid } from './list-grid.tsx';
import { SaveView } from './save-view.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useList, type List } from './use-list.ts';

/** The list of an object's records. */
export function ListScreen() {
  const { object: name } = useParams({ from: '/app/o/$object' });
  const { t } = useTexts();
  const object = useObject(name);
  if (!object || object.parent !== undefined) return <Failure error={new Error(t('failure.noObject', { name }))} />;
  return <ObjectList key={object.name} object={object} />;
}

function ObjectList({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const list = useList(object);
  useDocumentTitle(`${say(object.pluralLabel)} · Tessera`);
  return (
    <div className="list-page">
      <div className="page-head">
        <ObjectIcon name={object.icon} size={24} />
        <Title order={1}>{list.state.deleted ? t('list.binOf', { objects: say(object.pluralLabel) }) : say(object.pluralLabel)}</Title>
        <span className="grow" />
        {object.permissions.create && !list.state.deleted && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/o/$object/new" params={{ object: object.name }} />}
          >
            {t('list.new', { object: say(object.label) })}
          </Button>
        )}
      </div>
      <Views list={list} />
      <Toolbar object={object} list={list} />
      {list.rows.error !== null && <Failure error={list.rows.error} onRetry={list.refresh} />}
      <Body object={object} list={list} />
      <div className="list-foot">
        <ListCount object={object} query={list.query} round={list.round} />
        <span className="grow" />
        {list.hasFilter && (
          <Button size="compact-sm" variant="subtle" onClick={() => list.change({ filter: undefined, q: undefined })}>
            {t('filter.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Views({ list }: { readonly list: List }) {
  const { t, say } = useTexts();
  if (list.state.deleted || list.views.length === 0) return null;
  return (
    <Tabs value={list.view?.id ?? ''} onChange={(id) => list.chooseView(id)} mb="xs" keepMounted={false}>
      <Tabs.List aria-label={t('view.title')}>
        {list.views.map((view) => (
          <Tabs.Tab key={view.id} value={view.id}>
            {say(view.label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

function Toolbar({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t, say } = useTexts();
  const [typed, setTyped] = useState(list.state.q ?? '');
  const search = useDebouncedCallback((q: string) => list.change({ q: q === '' ? undefined : q }), 250);
  const exported = new URLSearchParams({ format: 'csv', ...list.exported });
  return (
    <div className="page-head" role="toolbar" aria-label={t('list.tools')}>
      <TextInput
        w={260}
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('list.search', { objects: say(object.pluralLabel) })}
        aria-label={t('list.search', { objects: say(object.pluralLabel) })}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
      />
      <FilterBuilder object={object} filter={list.shown.filter} onChange={(filter) => list.change({ filter: filter ?? {} })} />
      {list.isChanged && <SaveView object={object} shown={list.shown} onSaved={(view) => list.chooseView(view.id)} />}
      <span className="grow" />
      <SelectionBar object={object} list={list} />
      <Tooltip label={t('list.refresh')}>
        <ActionIcon variant="default" size={34} aria-label={t('list.refresh')} onClick={list.refresh}>
          <IconRefresh size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('list.export')}>
        <ActionIcon
          variant="default"
          size={34}
          aria-label={t('list.export')}
          component="a"
          href={`${recordsPath(object)}/export?${exported.toString()}`}
          download
        >
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={list.state.deleted ? t('list.leaveBin') : t('list.bin')}>
        <ActionIcon
          variant={list.state.deleted ? 'filled' : 'default'}
          size={34}
          aria-label={list.state.deleted ? t('list.leaveBin') : t('list.bin')}
          onClick={() => list.change({ deleted: list.state.deleted ? undefined : true })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
      <ColumnsMenu object={object} columns={list.shown.columns} onChange={(columns) => list.change({ columns })} />
    </div>
  );
}

function Body({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const [isOpen, { open, close }] = useDisclosure(false);
  const plus = administrator ? (
    <ActionIcon variant="subtle" size="sm" aria-label={t('list.newField')} title={t('list.newField')} onClick={open}>
      <IconPlus size={16} />
    </ActionIcon>
  ) : undefined;
  return (
    <>
      {list.rows.isEmpty ? (
        <div className="list-grid">
          <div className="list-empty">
            <div>
              <ObjectIcon name={object.icon} size={36} />
              <p>{list.hasFilter || list.state.deleted ? t('list.nothingFound') : t('list.empty', { objects: say(object.pluralLabel) })}</p>
              {!list.hasFilter && !list.state.deleted && object.permissions.create && (
                <Button renderRoot={(props) => <Link {...props} to="/o/$object/new" params={{ object: object.name }} />}>
                  {t('list.first', { object: say(object.label) })}
                </Button>
              )}
            </div>
          </div>
        </div>
      ) : (
        <ListGrid
          object={object}
          columns={list.shown.columns}
          rows={list.rows}
          sort={list.shown.sort}
          sortName={list.sortName}
          onSort={(sort) => list.change({ sort: sort === '' ? undefined : sort })}
          onColumns={(columns) => list.change({ columns })}
          onSelect={list.select}
          headerEnd={plus}
        />
      )}
      {administrator && (
        <NewField
          object={object}
          isOpen={isOpen}
          onClose={close}
          show={['detail', 'create', 'list']}
          onMade={(field) => list.change({ columns: [...list.shown.columns.map((one) => one.name), field.name] })}
        />
      )}
    </>
  );
}
