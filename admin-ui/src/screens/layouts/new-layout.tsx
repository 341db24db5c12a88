import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { nameFrom } from '../objects/field-draft.ts';

type Props = {
  readonly object: BusinessObject;
  /** The layout that it begins as a copy of. */
  readonly like: LayoutDefinition;
  readonly page: LayoutPage;
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
};

/** Another layout of a page, for some people or some records; it begins as a copy of the one that was looked at. */
export function NewLayout({ object, like, page, onClose, onMade }: Props) {
  const { t } = useTexts();
  const [label, setLabel] = useState('');
  const changed = useMetadataChanged();
  const taken = new Set(object.layouts.map((layout) => layout.name));
  const base = nameFrom(label) || 'layout';
  const name =
    [base, ...Array.from({ length: 50 }, (_one, index) => `${base.slice(0, 37)}${index + 2}`)].find((one) => !taken.has(one)) ?? base;
  const make = useMutation({
    mutationFn: () =>
      ask(`/api/platform/objects/${object.name}/layouts/${name}`, {
        method: 'PUT',
        headers: { 'If-Match': `"${object.version}"` },
        body: {
          page,
          label,
          ...(like.columns ? { columns: like.columns } : { ...(like.tabs ? { tabs: like.tabs } : {}), sections: like.sections ?? [] }),
        },
      }),
    onSuccess: async () => {
      await changed();
      onClose();
      onMade(name);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('layout.another')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('layout.anotherText')}</Text>
          <TextInput
            label={t('layout.name')}
            value={label}
            required
            data-autofocus
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {make.isError && <Failure error={make.error} />}
          <DialogButtons onCancel={onClose} isPending={make.isPending} isDisabled={label.trim() === ''} submit={t('layout.make')} />
        </Stack>
      </form>
    </Modal>
  );
}
