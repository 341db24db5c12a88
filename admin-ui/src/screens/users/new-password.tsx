import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '#admin-ui/src/api/client.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Credentials, newPassword } from './credentials.tsx';
import type { User } from './use-users.ts';

/** A new password for somebody who lost theirs; whoever is signed in with the old one is signed out. */
export function NewPassword({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { t } = useTexts();
  const [password] = useState(newPassword);
  const save = useMutation({
    mutationFn: () => ask(`/api/platform/users/${user.id}/password`, { method: 'POST', body: { password } }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('users.newPasswordOf', { name: user.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {save.isSuccess ? (
        <Credentials email={user.email} password={password} onClose={onClose} />
      ) : (
        <Stack>
          {save.isError && <Failure error={save.error} />}
          <Text size="sm">{t('users.newPasswordText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate()}>
              {t('users.newPassword')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
