import { Modal, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { FEATURES_AT_FIRST, FeatureBoxes, featuresOf } from './feature-boxes.tsx';
import { keyFrom } from './option-draft.ts';
import { IconSelect } from './icon-select.tsx';

/** Modules that can hold custom objects: every one but the core and the audit. */
const MODULES = ['offers', 'customers', 'orders', 'delivery-notes', 'invoices', 'payments', 'accounting', 'crm', 'notifications'];

type Draft = {
  readonly label: string;
  readonly pluralLabel: string;
  readonly name: string;
  readonly isNamed: boolean;
  readonly module: string;
  readonly icon: string;
  readonly features: readonly string[];
  readonly roles: readonly string[];
};

const EMPTY: Draft = {
  label: '',
  pluralLabel: '',
  name: '',
  isNamed: false,
  module: 'offers',
  icon: 'box',
  features: FEATURES_AT_FIRST,
  roles: [],
};

type Props = { readonly isOpen: boolean; readonly onClose: () => void; readonly onMade: (name: string) => void };

/** A new object: it has a list, a form and an API as soon as it is saved. */
export function NewObject({ isOpen, onClose, onMade }: Props) {
  const { t } = useTexts();
  const moduleName = useModuleName();
  const changed = useMetadataChanged();
  const roles = useRoles().filter((role) => role.name !== 'administrator');
  const [draft, setDraft] = useState(EMPTY);
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => askFor<BusinessObject>('/api/platform/objects', { method: 'POST', body: definitionOf(draft) }),
    onSuccess: async (object) => {
      await changed();
      notifyDone(t('objects.made', { object: draft.label }));
      setDraft(EMPTY);
      onClose();
      onMade(object.name);
    },
  });
  const problems = problemsByPath(save.error);
  return (
    <Modal opened={isOpen} onClose={onClose} size="lg" title={t('objects.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          {save.isError && <Failure error={save.error} />}
          <SimpleGrid cols={2}>
            <TextInput
              label={t('objects.label')}
              required
              data-autofocus
              value={draft.label}
              error={problems['label']}
              onChange={(event) => {
                const label = event.currentTarget.value;
                set({ label, ...(draft.isNamed ? {} : { name: keyFrom(label) }) });
              }}
            />
            <TextInput
              label={t('objects.pluralLabel')}
              required
              value={draft.pluralLabel}
              error={problems['pluralLabel']}
              onChange={(event) => set({ pluralLabel: event.currentTarget.value })}
            />
            <TextInput
              label={t('field.name')}
              required
              value={draft.name}
              error={problems['name']}
              onChange={(event) => set({ name: event.currentTarget.value, isNamed: true })}
            />
            <Select
              label={t('objects.module')}
              data={MODULES.map((module) => ({ value: module, label: moduleName(module) }))}
              allowDeselect={false}
              value={draft.module}
              error={problems['module']}
              onChange={(module) => set({ module: module ?? 'offers' })}
            />
            <IconSelect value={draft.icon} onChange={(icon) => set({ icon })} />
            <MultiSelect
              label={t('objects.roles')}
              placeholder={draft.roles.length === 0 ? t('field.administratorsOnly') : ''}
              data={roles.map((role) => ({ value: role.name, label: role.label }))}
              value={[...draft.roles]}
              onChange={(chosen) => set({ roles: chosen })}
            />
          </SimpleGrid>
          <FeatureBoxes value={draft.features} onChange={(features) => set({ features })} />
          <DialogButtons onCancel={onClose} isPending={save.isPending} />
        </Stack>
      </form>
    </Modal>
  );
}

/** Begins with a name, so that records have a title. */
function definitionOf(draft: Draft): { readonly [name: string]: unknown } {
  const grant = { read: true, create: true, edit: true, delete: true };
  return {
    name: draft.name,
    label: draft.label,
    pluralLabel: draft.pluralLabel,
    module: draft.module,
    icon: draft.icon,
    titleField: 'name',
    features: featuresOf(draft.features),
    access: Object.fromEntries(draft.roles.map((role) => [role, grant])),
    fields: [{ name: 'name', label: { en: 'Name', de: 'Name' }, type: 'text', required: true, searchable: true }],
  };
}
