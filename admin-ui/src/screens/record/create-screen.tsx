import { Button, Title } from '@mantine/core';
import { useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { defaultsOf } from '#admin-ui/src/api/defaults.ts';
import { useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { createRecord } from '#admin-ui/src/api/records.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DraftNotice } from '#admin-ui/src/layout/draft-notice.tsx';
import { useRecordForm } from '#admin-ui/src/layout/record-form.ts';
import { Sections } from '#admin-ui/src/layout/sections.tsx';
import { LikelySameNotice } from '#admin-ui/src/layout/merge/likely-same.tsx';
import { useLikelySame } from '#admin-ui/src/layout/merge/use-likely-same.ts';
import { useToSend } from '#admin-ui/src/layout/to-send.ts';
import { useLayout } from '#admin-ui/src/layout/use-layout.ts';
import { hasUnseenErrors } from '#admin-ui/src/layout/unseen.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';

/** A new record, drawn by the object's create layout. */
export function CreateScreen() {
  const { object: name } = useParams({ from: '/app/working/o/$object/new' });
  const { t, say } = useTexts();
  const object = useObject(name);
  if (!object || object.parent !== undefined) return <NotThere title={t('notThere.page')} text={t('failure.noObject', { name })} />;
  if (!object.permissions.create)
    return <NotThere title={t('list.new', { object: say(object.label) })} text={t('failure.mayNotCreate')} list={object} />;
  return <NewRecord key={object.name} object={object} />;
}

function NewRecord({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const { values } = useSearch({ from: '/app/working/o/$object/new' });
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  const toSend = useToSend(object);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const me = useMe();
  const given = useMemo(() => ({ ...defaultsOf(object, me), ...values }), [object, me, values]);
  const form = useRecordForm(object, given, `${object.name}.new`);
  const title = t('list.new', { object: say(object.label) });
  useDocumentTitle(`${title} · Tessera`);
  const save = useMutation({
    mutationFn: () => createRecord(object, toSend(form.toSave), key),
    onSuccess: async (record) => {
      form.reset();
      notifyDone(t('record.created', { object: say(object.label) }));
      await client.invalidateQueries({ queryKey: ['related'] });
      await navigate({ to: '/o/$object/$id', params: { object: object.name, id: String(record['id']) }, replace: true });
    },
    onError: (error) => {
      // Another input is another request: its key is its own.
      setKey(crypto.randomUUID());
      form.setErrors(problemsByPath(error));
    },
  });
  useHotkeys([['mod+S', () => save.mutate()]], []);
  const layout = useLayout(object, 'create', form.values);
  const same = useLikelySame(object, { values: form.toSave });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="sticky-head page-head">
        <ObjectIcon name={object.icon} size={24} />
        <Title order={1}>{title}</Title>
        <span className="grow" />
        <Button
          variant="default"
          onClick={() => {
            form.reset();
            router.history.back();
          }}
        >
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} title="Ctrl S" leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
          {t('action.save')}
        </Button>
      </div>
      <DraftNotice form={form} />
      <LikelySameNotice object={object} found={same} />
      {save.isError && (Object.keys(form.errors).length === 0 || hasUnseenErrors(form, layout)) && <Failure error={save.error} />}
      {layout && <Sections layout={layout} form={form} canEdit />}
    </form>
  );
}
