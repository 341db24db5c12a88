import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useReducer } from 'react';
import { LAYOUT_PAGES, layoutPage, pageOf } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { LayoutEditing } from './layout-editing.tsx';
import { LayoutRules } from './layout-rules.tsx';
import { NewLayout } from './new-layout.tsx';

const TITLES: { readonly [page in LayoutPage]: TextKey } = {
  detail: 'layout.detail',
  create: 'layout.create',
  list: 'layout.list',
  kanban: 'layout.kanban',
};

/** The pages of an object: which fields stand where, in which of the page's layouts, and who sees which. */
export function LayoutsTab({ object }: { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const { layout: wanted, record } = useSearch({ from: '/app/working/settings/objects/$object' });
  const navigate = useNavigate({ from: '/settings/objects/$object' });
  const [isNew, { open, close }] = useDisclosure(false);
  const [round, onNewest] = useReducer((before: number) => before + 1, 0);
  const layouts = withCards(object);
  const layout = layouts.find((one) => one.name === wanted) ?? layouts.find((one) => one.name === 'detail');
  const page = (layout && pageOf(layout)) ?? 'detail';
  const ofPage = layouts.filter((one) => pageOf(one) === page);
  const choose = (name: string): void =>
    void navigate({ search: { tab: 'layouts', layout: name, ...(record === undefined ? {} : { record }) }, replace: true });
  const nameOf = useLayoutName();
  return (
    <>
      <Group mb="md" gap="sm">
        <SegmentedControl
          aria-label={t('layout.which')}
          value={page}
          onChange={(value) => choose(layoutPage(value) ?? 'detail')}
          data={LAYOUT_PAGES.map((value) => ({ value, label: t(TITLES[value]) }))}
        />
        {ofPage.length > 1 && (
          <Select
            aria-label={t('layout.ofPage')}
            allowDeselect={false}
            data={ofPage.map((one) => ({ value: one.name, label: nameOf(one) }))}
            value={layout?.name ?? null}
            onChange={(name) => name !== null && choose(name)}
          />
        )}
        <Button variant="subtle" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t('layout.another')}
        </Button>
      </Group>
      {ofPage.length > 1 && <LayoutRules object={object} page={page} layouts={ofPage} edited={layout?.name} nameOf={nameOf} />}
      {layout && (
        <LayoutEditing
          key={`${object.id} ${layout.name} ${round}`}
          object={object}
          layout={layout}
          page={page}
          recordId={record}
          onRecord={(id) => void navigate({ search: { tab: 'layouts', layout: layout.name, record: id }, replace: true })}
          onNewest={onNewest}
          onGone={() => choose(page)}
        />
      )}
      {isNew && layout && <NewLayout object={object} like={layout} page={page} onClose={close} onMade={choose} />}
    </>
  );
}

/** Cards of a board are laid out like the list until somebody draws them. */
function withCards(object: BusinessObject): readonly LayoutDefinition[] {
  const list = object.layouts.find((layout) => layout.name === 'list');
  if (!list || object.layouts.some((layout) => layout.name === 'kanban')) return object.layouts;
  return [...object.layouts, { id: `${object.id}.kanban`, name: 'kanban', columns: (list.columns ?? []).slice(0, 4), generated: true }];
}

/** What a layout is called: by its label, or as the page's own. */
function useLayoutName(): (layout: LayoutDefinition) => string {
  const { t, say } = useTexts();
  return (layout) => (layout.label ? say(layout.label) : layout.page === undefined ? t('layout.default') : layout.name);
}
