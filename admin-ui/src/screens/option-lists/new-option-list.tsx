import { Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { NamedInputs, type Named } from '../objects/named-inputs.tsx';
import { listNameFrom, newOption, optionsOf, type OptionDraft } from '../objects/option-draft.ts';
import { OptionsEditor } from '../objects/options-editor.tsx';

type Props = { readonly isOpen: boolean; readonly onClose: () => void; readonly onMade: (name: string) => void };
type Draft = Named & { readonly options: readonly OptionDraft[] };

const emptyDraft = (): Draft => ({ label: '', name: '', isNamed: false, options: [newOption('blue'), newOption('green')] });

/** A new option list: what it is called, and its options. */
export function NewOptionList({ isOpen, onClose, onMade }: Props) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const [draft, setDraft] = useState(emptyDraft);
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const { label, name, options } = draft;
      return askFor<{ name: string }>('/api/platform/option-lists', { method: 'POST', body: { name, label, options: optionsOf(options) } });
    },
    onSuccess: async ({ name }) => {
      await changed();
      notifyDone(t('lists.made', { list: draft.label }));
      close();
      onMade(name);
    },
  });
  const close = (): void => {
    save.reset();
    setDraft(emptyDraft());
    onClose();
  };
  const problems = problemsByPath(save.error);
  return (
    <Modal opened={isOpen} onClose={close} size="lg" title={t('lists.add')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          {save.isError && <Failure error={save.error} />}
          <NamedInputs
            draft={draft}
            problems={problems}
            texts={{ label: t('lists.label'), name: t('lists.name'), nameHelp: t('lists.nameHelp') }}
            nameFrom={listNameFrom}
            onChange={set}
          />
          <OptionsEditor
            options={draft.options}
            error={Object.entries(problems).find(([path]) => path.split('.')[0] === 'options')?.[1]}
            fields={[]}
            onChange={(options) => set({ options })}
          />
          <DialogButtons onCancel={close} isPending={save.isPending} />
        </Stack>
      </form>
    </Modal>
  );
}
