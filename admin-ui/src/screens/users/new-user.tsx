import { Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '#admin-ui/src/api/client.ts';
import { useRoles } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { LANGUAGES, useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Credentials, newPassword } from './credentials.tsx';

const EMPTY = { name: '', email: '', language: 'en', roles: ['sales'] };

type Props = { readonly isOpen: boolean; readonly onClose: () => void; readonly onMade: () => Promise<void> };

/** Invites somebody: they get a first password, shown once, which they change in their profile. */
export function NewUser({ isOpen, onClose, onMade }: Props) {
  const { t } = useTexts();
  const roles = useRoles();
  const [values, setValues] = useState(EMPTY);
  const save = useMutation({
    mutationFn: async (password: string) => {
      await ask('/api/platform/users', { method: 'POST', body: { ...values, password } });
      return password;
    },
    onSuccess: onMade,
  });
  const close = (): void => {
    onClose();
    save.reset();
    setValues(EMPTY);
  };
  const problems = problemsByPath(save.error);
  const text = (name: 'name' | 'email') => ({
    required: true,
    value: values[name],
    error: problems[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={save.isSuccess ? t('users.made', { name: values.name }) : t('users.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {save.isSuccess ? (
        <Credentials email={values.email} password={save.data} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(newPassword());
          }}
        >
          <Stack>
            {save.isError && Object.keys(problems).length === 0 && <Failure error={save.error} />}
            <TextInput {...text('name')} label={t('users.name')} data-autofocus />
            <TextInput {...text('email')} label={t('login.email')} type="email" autoComplete="off" />
            <MultiSelect
              label={t('users.roles')}
              data={roles.map((role) => ({ value: role.name, label: role.label }))}
              value={values.roles}
              error={problems['roles']}
              onChange={(chosen) => setValues({ ...values, roles: chosen })}
            />
            <Select
              label={t('frame.language')}
              allowDeselect={false}
              data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
              value={values.language}
              onChange={(language) => setValues({ ...values, language: language ?? 'en' })}
            />
            <DialogButtons onCancel={close} isPending={save.isPending} submit={t('users.invite')} />
          </Stack>
        </form>
      )}
    </Modal>
  );
}
