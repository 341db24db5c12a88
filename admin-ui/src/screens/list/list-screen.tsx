import { ActionIcon, Alert, Button, Group, Skeleton, Tabs, Text, Title } from '@mantine/core';
import { useDisclosure, useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useMe, useObject, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { NewField } from '../objects/new-field.tsx';
import type { Filtering } from './filter-builder.tsx';
import { FilterChips } from './filter-chips.tsx';
import { ListFooter } from './list-footer.tsx';
import { useDensity, type Density } from './list-preferences.ts';
import { withoutDeadEnds } from './list-query.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { startView } from './start-view.ts';
import { useList, type List } from './use-list.ts';
import { ListCommands } from './list-commands.tsx';
import { ViewMenu } from './view-menu.tsx';

const ListGrid = lazy(async () => ({ default: (await import('./list-grid.tsx')).ListGrid }));
const GroupedTable = lazy(async () => ({ default: (await import('./grouped-table.tsx')).GroupedTable }));
const Board = lazy(async () => ({ default: (await import('./board.tsx')).Board }));
const Calendar = lazy(async () => ({ default: (await import('./calendar.tsx')).Calendar }));

/** The list of an object's records. */
export function ListScreen() {
  const { object: name } = useParams({ from: '/app/working/o/$object' });
  const { t } = useTexts();
  const object = useObject(name);
  const objects = useObjects();
  const seen = useMemo(() => object && withoutDeadEnds(object, objects), [object, objects]);
  if (!seen || seen.parent !== undefined) return <NotThere title={t('notThere.page')} text={t('failure.noObject', { name })} />;
  return <ObjectList key={seen.name} object={seen} />;
}

function ObjectList({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const list = useList(object);
  const [filtering, setFiltering] = useState<Filtering | null>(null);
  const [density, setDensity] = useDensity();
  const { administrator } = useMe();
  const [isMaking, making] = useDisclosure(false);
  const newField = administrator ? making.open : undefined;
  const navigate = useNavigate();
  const {
    display,
    groups: [outermost, ...inner],
  } = list.shown;
  useDocumentTitle(`${say(object.pluralLabel)} · Tessera`);
  const create = (): void => void navigate({ to: '/o/$object/new', params: { object: object.name } });
  useHotkeys([['N', () => (object.permissions.create ? create() : undefined)]]);
  return (
    <div className="list-page">
      <div className="page-head">
        <ObjectIcon name={object.icon} size={24} />
        <Title order={1}>{list.state.deleted ? t('list.binOf', { objects: say(object.pluralLabel) }) : say(object.pluralLabel)}</Title>
        <span className="grow" />
        {PRICING.includes(object.name) && <TryPrice />}
        {!list.state.deleted && <ListCommands object={object} onDone={list.refresh} />}
        {object.permissions.create && !list.state.deleted && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            aria-keyshortcuts="N"
            title="N"
            renderRoot={(props) => <Link {...props} to="/o/$object/new" params={{ object: object.name }} />}
          >
            {t('list.new', { object: say(object.label) })}
          </Button>
        )}
      </div>
      <Views object={object} list={list} />
      {list.isViewMissing && (
        <Alert color="yellow" mb="xs" role="alert" title={t('view.missing')}>
          <Group justify="space-between">
            <Text size="sm">{t('view.missingText', { view: list.state.view ?? '' })}</Text>
            <Button size="compact-sm" variant="default" onClick={() => list.chooseView(null)}>
              {t('view.showAll')}
            </Button>
          </Group>
        </Alert>
      )}
      <ListToolbar
        object={object}
        list={list}
        filtering={filtering}
        onFiltering={setFiltering}
        density={density}
        onDensity={setDensity}
        onNewField={newField}
      />
      <FilterChips object={object} filter={list.shown.filter} onChange={(filter) => list.change({ filter: filter ?? {} })} />
      {list.rows.error !== null && <Failure error={list.rows.error} onRetry={list.refresh} />}
      <Suspense fallback={<Skeleton className="list-grid" />}>
        {outermost && list.state.q === undefined ? (
          <GroupedTable key={list.state.group ?? list.view?.id} object={object} list={list} levels={[outermost, ...inner]} />
        ) : display === undefined ? (
          <Body object={object} list={list} density={density} onFilter={(field) => setFiltering({ field })} onNewField={newField} />
        ) : display.kind === 'board' ? (
          <Board key={display.by.id} object={object} list={list} by={display.by} />
        ) : (
          <Calendar object={object} list={list} by={display.by} />
        )}
      </Suspense>
      <ListFooter object={object} list={list} />
      {administrator && <NewFieldInList object={object} list={list} isOpen={isMaking} onClose={making.close} />}
    </div>
  );
}

/** What prices are made of: from there one tries what comes of it. */
const PRICING: readonly string[] = ['price_list', 'price', 'pricing_rule'];

function TryPrice() {
  const { t } = useTexts();
  const offers = useObject('offer');
  if (!offers?.permissions.create) return null;
  return (
    <Button variant="default" renderRoot={(props) => <Link {...props} to="/prices/try" />}>
      {t('prices.try')}
    </Button>
  );
}

/** The list as it is without a view; no view has such an id. */
const ALL = ' all';

function Views({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t, say } = useTexts();
  const start = startView(list.views);
  if (list.state.deleted || list.views.length === 0) return null;
  return (
    <div className="views">
      <Tabs className="grow" value={list.view?.id ?? ALL} onChange={(id) => list.chooseView(id === ALL ? null : id)} keepMounted={false}>
        <Tabs.List aria-label={t('view.title')}>
          {!start && <Tabs.Tab value={ALL}>{t('view.all')}</Tabs.Tab>}
          {[...(start ? [start] : []), ...list.views.filter((view) => view !== start)].map((view) => (
            <Tabs.Tab key={view.id} value={view.id}>
              {say(view.label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {list.view && <ViewMenu object={object} list={list} view={list.view} />}
    </div>
  );
}

type BodyProps = {
  readonly object: BusinessObject;
  readonly list: List;
  readonly density: Density;
  readonly onFilter: (field: Field) => void;
  /** Makes a field, where the reader may. */
  readonly onNewField: (() => void) | undefined;
};

function Body({ object, list, density, onFilter, onNewField }: BodyProps) {
  const { t, say } = useTexts();
  const plus = onNewField && (
    <ActionIcon variant="subtle" size="sm" aria-label={t('list.newField')} title={t('list.newField')} onClick={onNewField}>
      <IconPlus size={16} />
    </ActionIcon>
  );
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
          fields={list.query.fields}
          isOpen={list.state.deleted !== true}
          round={list.round}
          sort={list.shown.sort}
          sortName={list.sortName}
          onSort={(sort) => list.change({ sort: sort === '' ? undefined : sort })}
          onColumns={(columns) => list.change({ columns })}
          onSelect={list.select}
          density={density}
          onFilter={onFilter}
          headerEnd={plus}
        />
      )}
    </>
  );
}

type NewProps = { readonly object: BusinessObject; readonly list: List; readonly isOpen: boolean; readonly onClose: () => void };

/** A field that is made in the list stands in its last column then. */
function NewFieldInList({ object, list, isOpen, onClose }: NewProps) {
  return (
    <NewField
      object={object}
      isOpen={isOpen}
      onClose={onClose}
      show={['detail', 'create', 'list']}
      onMade={(field) => list.change({ columns: [...list.shown.columns.map((one) => one.name), field.name] })}
    />
  );
}
