import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = {
  /** Fields that a new record needs and the page does not ask for; none: the page is empty. */
  readonly fields: readonly FieldDefinition[];
  readonly onAdd: () => void;
  readonly onSave: () => void;
  readonly onClose: () => void;
};

/** Asked before a layout is saved with which people could not do what its page is for. */
export function SaveQuestion({ fields, onAdd, onSave, onClose }: Props) {
  const { t, say } = useTexts();
  const isEmpty = fields.length === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isEmpty ? 'layout.empty' : 'layout.unasked')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t(isEmpty ? 'layout.emptyText' : 'layout.unaskedText')}</Text>
        {!isEmpty && (
          <List size="sm">
            {fields.map((field) => (
              <List.Item key={field.id}>{say(field.label)}</List.Item>
            ))}
          </List>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button variant="light" color="red" onClick={onSave}>
            {t('layout.saveAnyway')}
          </Button>
          {!isEmpty && (
            <Button data-autofocus onClick={onAdd}>
              {t('layout.addThem')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
