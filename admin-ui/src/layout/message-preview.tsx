import { Button, Drawer, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { previewMessage, recordsToTry, type WrittenMessage } from '../api/message-preview.ts';
import { useObject, type BusinessObject } from '../api/metadata.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import type { RecordForm } from './record-form.ts';
import { mayUse } from './use-commands.tsx';

const Shown = lazy(() => import('../fields/rich-text-editor.tsx').then(({ RichTextShown }) => ({ default: RichTextShown })));

/** What templates are about that tell of no record: of an event alone, and of several messages in one letter. */
const WITHOUT_RECORD: readonly string[] = ['eventAlone', 'digest'];

const PAUSE_MILLISECONDS = 400;

/** What a message template says of a real record, beside the page on which it is being written, and after each pause in the typing anew. */
export function MessagePreviewButton({ object, form }: { readonly object: BusinessObject; readonly form: RecordForm }) {
  const { t } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const preview = object.name === 'template' ? object.commands.find(({ name }) => name === 'preview') : undefined;
  if (!preview || !mayUse(object, preview)) return null;
  const beside = { withOverlay: false, lockScroll: false, trapFocus: false, closeOnClickOutside: false } as const;
  return (
    <>
      <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} onClick={open}>
        {t('message.preview')}
      </Button>
      <Drawer
        {...beside}
        opened={isOpen}
        onClose={close}
        position="right"
        size="md"
        title={t('message.preview')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Tried templates={object} form={form} />
      </Drawer>
    </>
  );
}

function Tried({ templates, form: { values } }: { readonly templates: BusinessObject; readonly form: RecordForm }) {
  const { t } = useTexts();
  const about = useObject(textOf(values['about']));
  const [chosen, setChosen] = useState<string | null>(null);
  const [written] = useDebouncedValue(writtenIn(values), PAUSE_MILLISECONDS);
  const known = useQuery({
    queryKey: ['message-preview', 'records', about?.name],
    queryFn: ({ signal }) => (about ? recordsToTry(about, signal) : []),
  });
  if (known.isError) return <Failure error={known.error} onRetry={() => void known.refetch()} />;
  if (known.isPending) return <Skeleton height={120} aria-label={t('loading')} />;
  const record = known.data.find(({ id }) => id === chosen)?.id ?? known.data[0]?.id;
  if (WITHOUT_RECORD.includes(written.about)) return <Told templates={templates} written={{ ...written, record: null }} />;
  if (record === undefined) return <Text>{t('message.noRecord')}</Text>;
  return (
    <Stack>
      <Select
        label={t('message.triedOn')}
        allowDeselect={false}
        searchable
        value={record}
        onChange={setChosen}
        data={known.data.map(({ id, title }) => ({ value: id, label: title }))}
      />
      <Told templates={templates} written={{ ...written, record }} />
    </Stack>
  );
}

function writtenIn(values: RecordForm['values']): Omit<WrittenMessage, 'record'> {
  const of = (name: string): string => textOf(values[name]);
  return {
    about: of('about'),
    event: of('event') || null,
    channel: of('channel'),
    language: of('language'),
    subject: of('subject'),
    body: of('body'),
  };
}

function Told({ templates, written }: { readonly templates: BusinessObject; readonly written: WrittenMessage }) {
  const { t } = useTexts();
  const told = useQuery({
    queryKey: ['message-preview', written],
    queryFn: () => previewMessage(templates, written),
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  });
  if (told.isError) return <Failure error={told.error} onRetry={() => void told.refetch()} />;
  if (told.isPending) return <Skeleton height={160} aria-label={t('loading')} />;
  return (
    <Stack gap="xs" aria-live="polite" aria-busy={told.isFetching} lang={written.language}>
      <Title order={3} size="h4">
        {told.data.subject}
      </Title>
      <Suspense fallback={<Skeleton height={120} aria-label={t('loading')} />}>
        <Shown html={told.data.body} />
      </Suspense>
    </Stack>
  );
}
