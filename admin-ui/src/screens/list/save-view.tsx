import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useMe, useMetadataChanged, type BusinessObject, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import type { ShownList } from './list-query.ts';
import { ME, ViewAudience, visibilityOf } from './view-audience.tsx';
import { viewContent } from './view-content.ts';

type Props = { readonly object: BusinessObject; readonly shown: ShownList; readonly onSaved: (view: ViewDefinition) => void };

/** Keeps columns, order and filter under a name: for oneself, for everyone or for a role. */
export function SaveView({ object, shown, onSaved }: Props) {
  const { t, language } = useTexts();
  const { administrator } = useMe();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [label, setLabel] = useState('');
  const [audience, setAudience] = useState(ME);
  const changed = useMetadataChanged();
  const save = useMutation({
    mutationFn: () =>
      askFor<ViewDefinition>(`/api/platform/objects/${object.name}/views`, {
        method: 'POST',
        body: {
          name: viewName(label),
          label: language === 'de' ? { en: label, de: label } : label,
          ...viewContent(shown),
          ...visibilityOf(audience),
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
            {administrator && <ViewAudience value={audience} onChange={setAudience} />}
            <DialogButtons onCancel={close} isPending={save.isPending} isDisabled={label.trim() === ''} />
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
