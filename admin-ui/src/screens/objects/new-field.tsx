import { Button, Group, Modal, Select, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useFieldTypes, useMetadataChanged, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { definitionOf, emptyDraft, nameFrom, type FieldDraft } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The layouts that are ticked at first. */
  readonly show: readonly string[];
  readonly onMade?: (field: Field) => void;
};

type Made = Field & { readonly state: string };

/**
 * A new field in two steps: what it is, then what it is called. It is there at once. A relation can be made from either side: a reference
 * of another object to this one is that object's field.
 */
export function NewField({ object, isOpen, onClose, show, onMade }: Props) {
  const { t, say } = useTexts();
  const changed = useMetadataChanged();
  const start = (): FieldDraft => emptyDraft(rolesOf(object), show);
  const [draft, setDraft] = useState<FieldDraft>(start);
  const [other, setOther] = useState<BusinessObject | null>(null);
  const owner = other ?? object;
  const restart = (): void => {
    save.reset();
    setOther(null);
    setDraft(start());
  };
  const otherType = (): void => {
    if (other) return restart();
    save.reset();
    setDraft({ ...draft, type: '' });
  };
  const close = (): void => {
    onClose();
    restart();
  };
  const referTo = (from: BusinessObject): void => {
    const label = say(object.label);
    setOther(from);
    setDraft({ ...emptyDraft(rolesOf(from), ['detail', 'create']), type: 'lookup', target: object.name, label, name: nameFrom(label) });
  };
  const save = useMutation({
    mutationFn: (_then: 'close' | 'next') =>
      askFor<Made>(`/api/platform/objects/${owner.name}/fields`, { method: 'POST', body: definitionOf(draft) }),
    onSuccess: async (field, then) => {
      await changed();
      notifyDone(field.state === 'pending' ? t('newField.pending', { field: draft.label }) : t('newField.made', { field: draft.label }));
      if (!other) onMade?.(field);
      if (then === 'close') return close();
      restart();
    },
  });
  const problems = problemsByPath(save.error);
  const isChosen = draft.type !== '';
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size="xl"
      title={t(isChosen ? 'newField.second' : 'newField.first', { object: say(owner.label) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {isChosen ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate('close');
          }}
        >
          <Stack>
            {save.isError && <Failure error={save.error} />}
            <FieldForm
              object={owner}
              draft={draft}
              problems={problems}
              onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
            />
            <Group justify="space-between" className="dialog-foot">
              <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={otherType}>
                {t('newField.back')}
              </Button>
              <Group gap="xs">
                <Button variant="default" loading={save.isPending} onClick={() => save.mutate('next')} disabled={draft.label.trim() === ''}>
                  {t('newField.saveNext')}
                </Button>
                <Button type="submit" loading={save.isPending} disabled={draft.label.trim() === ''}>
                  {t('action.save')}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <TypeCards object={object} onChoose={(type) => setDraft({ ...draft, type, default: null })} />
          <FromOther object={object} onChoose={referTo} />
        </Stack>
      )}
    </Modal>
  );
}

/** Whoever may read or edit the object is offered first; nothing is granted that is not ticked. */
function rolesOf(object: BusinessObject): { read: readonly string[]; edit: readonly string[] } {
  const grants = Object.entries(object.access);
  return {
    read: grants.filter(([, grant]) => grant.read === true).map(([role]) => role),
    edit: grants.filter(([, grant]) => grant.edit === true).map(([role]) => role),
  };
}

/** The same relation from its other side. */
function FromOther({ object, onChoose }: { readonly object: BusinessObject; readonly onChoose: (other: BusinessObject) => void }) {
  const { t, say } = useTexts();
  const others = useObjects().filter((one) => one.parent === undefined && one.name !== object.name);
  return (
    <Select
      label={t('newField.fromOther', { objects: say(object.pluralLabel) })}
      description={t('newField.fromOtherHelp', { object: say(object.label) })}
      placeholder={t('newField.fromOtherWhich')}
      searchable
      value={null}
      data={others.map((one) => ({ value: one.name, label: say(one.label) }))}
      onChange={(name) => {
        const other = others.find((one) => one.name === name);
        if (other) onChoose(other);
      }}
    />
  );
}

function TypeCards({ object, onChoose }: { readonly object: BusinessObject; readonly onChoose: (type: string) => void }) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const [typed, setTyped] = useState('');
  const hasStatus = object.fields.some((field) => field.type === 'status' && field.state !== 'retired');
  const types = useFieldTypes().filter((type) => !(type.name === 'status' && hasStatus));
  const wanted = typed.trim().toLowerCase();
  const shown = types.filter((type) => `${say(type.label)} ${say(type.description)} ${type.name}`.toLowerCase().includes(wanted));
  return (
    <Stack>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('newField.search')}
        aria-label={t('newField.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [only] = shown;
          if (event.key === 'Enter' && only && wanted !== '') onChoose(only.name);
        }}
      />
      <div className="type-cards">
        {shown.map((type) => {
          const { icon: Shape } = uis({ type: type.name });
          return (
            <UnstyledButton key={type.name} className="type-card" onClick={() => onChoose(type.name)}>
              <Shape size={22} stroke={1.6} aria-hidden />
              <span>
                <Text span fw={600} size="sm" display="block">
                  {say(type.label)}
                </Text>
                <Text span size="xs" c="dimmed" display="block">
                  {say(type.description)}
                </Text>
              </span>
            </UnstyledButton>
          );
        })}
      </div>
      {shown.length === 0 && <Text c="dimmed">{t('palette.nothing')}</Text>}
    </Stack>
  );
}
