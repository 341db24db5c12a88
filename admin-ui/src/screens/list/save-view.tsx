import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useMe, useMetadataChanged, type BusinessObject, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import type { ShownList } from './list-query.ts';

type Props = { readonly object: BusinessObject; readonly shown: ShownList; readonly onSaved: (view: ViewDefinition) => void };

/** Keeps columns, order and filter under a name: for oneself, or for everyone. */
export function SaveView({ object, shown, onSaved }: Props) {
  const { t, language } = useTexts();
  const { administrator } = useMe();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [label, setLabel] = useState('');
  const [isShared, setShared] = useState(false);
  const changed = useMetadataChanged();
  const save = useMutation({
    mutationFn: () =>
      askFor<ViewDefinition>(`/api/platform/objects/${object.name}/views`, {
        method: 'POST',
        body: {
          name: viewName(label),
          label: language === 'de' ? { en: label, de: label } : label,
          columns: shown.columns.map((field) => field.name),
          ...(shown.sort === '' ? {} : { sort: shown.sort }),
          ...(shown.filter ? { filter: shown.filter } : {}),
          ...(shown.display ? { display: { kind: shown.display.kind, by: shown.display.by.name } } : {}),
          ...(isShared ? { visibility: { kind: 'everyone' } } : {}),
        },
      }),
    onSuccess: async (view) => {
      await changed();
      close();
      setLabel('');
      onSaved(view);
    },
  });
  const problems = problemsByPath(save.error);
  return (
    <>
      <Button variant="light" leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={open}>
        {t('view.save')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('view.save')} closeButtonProps={{ 'aria-label': t('action.close') }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Stack>
            {save.isError && Object.keys(problems).length === 0 && <Failure error={save.error} />}
            <TextInput
              label={t('view.name')}
              required
              data-autofocus
              maxLength={80}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              error={Object.values(problems)[0]}
            />
            {administrator && (
              <SegmentedControl
                aria-label={t('view.for')}
                value={isShared ? 'everyone' : 'me'}
                onChange={(value) => setShared(value === 'everyone')}
                data={[
                  { value: 'me', label: t('view.forMe') },
                  { value: 'everyone', label: t('view.forEveryone') },
                ]}
              />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('action.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={label.trim() === ''}>
                {t('action.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

/** A name for the API from what a person typed; its end keeps two of the same label apart. */
function viewName(label: string): string {
  const words = label
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .split(/\s+/);
  const camel = words.map((word, index) =>
    index === 0 ? word.toLowerCase() : `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
  );
  return `${/^[a-z]/.test(camel[0] ?? '') ? '' : 'view'}${camel.join('')}`.slice(0, 34) + Date.now().toString(36).slice(-4);
}
