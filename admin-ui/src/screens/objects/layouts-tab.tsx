import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LayoutDefinition } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { draftOf, layoutOf, placeable, type LayoutDraft } from './layout-draft.ts';
import { LayoutEditor } from './layout-editor.tsx';

const NAMES = ['detail', 'create', 'list'] as const;
const TITLES: { readonly [name in (typeof NAMES)[number]]: TextKey } = {
  detail: 'layout.detail',
  create: 'layout.create',
  list: 'layout.list',
};

/** The pages of an object: which fields stand where. */
export function LayoutsTab({ object }: { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const [name, setName] = useState<(typeof NAMES)[number]>('detail');
  const layout = object.layouts.find((one) => one.name === name);
  return (
    <>
      <SegmentedControl
        mb="md"
        aria-label={t('layout.which')}
        value={name}
        onChange={(value) => setName(NAMES.find((one) => one === value) ?? 'detail')}
        data={NAMES.map((value) => ({ value, label: t(TITLES[value]) }))}
      />
      {layout && <Editing key={`${object.id} ${name} ${object.version}`} object={object} layout={layout} />}
    </>
  );
}

function Editing({ object, layout }: { readonly object: BusinessObject; readonly layout: LayoutDefinition }) {
  const { t } = useTexts();
  const all = useObjects();
  const changed = useMetadataChanged();
  const items = useMemo(() => placeable(object, all, layout), [object, all, layout]);
  const steps = useSteps(useMemo(() => draftOf(layout, items), [layout, items]));
  const path = `/api/platform/objects/${object.name}/layouts/${layout.name}`;
  const save = useMutation({
    mutationFn: () =>
      ask(path, { method: 'PUT', body: layoutOf(steps.draft, layout, items), headers: { 'If-Match': `"${object.version}"` } }),
    onSuccess: async () => {
      await changed();
      notifyDone(t('layout.saved'));
    },
  });
  const reset = useMutation({
    mutationFn: () => ask(path, { method: 'DELETE' }),
    onSuccess: async () => {
      await changed();
      notifyDone(t('layout.wasReset'));
    },
    onError: notifyFailure,
  });
  return (
    <>
      <Group mb="sm" gap="xs">
        <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} disabled={!steps.canUndo} onClick={steps.undo}>
          {t('action.undo')}
        </Button>
        <Button variant="default" leftSection={<IconArrowForwardUp size={16} aria-hidden />} disabled={!steps.canRedo} onClick={steps.redo}>
          {t('action.redo')}
        </Button>
        <span className="grow" />
        <Button variant="subtle" color="gray" loading={reset.isPending} disabled={layout.generated === true} onClick={() => reset.mutate()}>
          {t('layout.reset')}
        </Button>
        <Button loading={save.isPending} disabled={!steps.canUndo} onClick={() => save.mutate()}>
          {t('action.save')}
        </Button>
      </Group>
      {save.isError && <Failure error={save.error} />}
      <LayoutEditor
        object={object}
        items={items}
        isList={layout.columns !== undefined}
        draft={steps.draft}
        onPreview={steps.preview}
        onChange={steps.set}
      />
    </>
  );
}

type Steps = { readonly past: readonly LayoutDraft[]; readonly draft: LayoutDraft; readonly future: readonly LayoutDraft[] };

/** The draft with undo and redo. `preview` shows what a drag would do; `set` makes it a step. */
function useSteps(start: LayoutDraft) {
  const [steps, setSteps] = useState<Steps>({ past: [], draft: start, future: [] });
  const [shown, preview] = useState<LayoutDraft | null>(null);
  return {
    draft: shown ?? steps.draft,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    preview,
    set: (draft: LayoutDraft) => {
      preview(null);
      setSteps(({ past, draft: before }) => ({ past: [...past, before], draft, future: [] }));
    },
    undo: () =>
      setSteps(({ past, draft, future }) => {
        const before = past.at(-1);
        return before ? { past: past.slice(0, -1), draft: before, future: [draft, ...future] } : { past, draft, future };
      }),
    redo: () =>
      setSteps(({ past, draft, future }) => {
        const [next, ...rest] = future;
        return next ? { past: [...past, draft], draft: next, future: rest } : { past, draft, future };
      }),
  };
}
