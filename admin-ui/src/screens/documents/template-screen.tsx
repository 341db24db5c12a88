import { Alert, Anchor, Breadcrumbs, Button, Group, Stack, Title } from '@mantine/core';
import { useDebouncedValue, useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { IconDeviceFloppy, IconFileText, IconRestore } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { drawTemplate, loadVersion, saveTemplate, useTemplate, type DocumentTemplate } from '#admin-ui/src/api/document-templates.ts';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { RecordSelect } from '#admin-ui/src/fields/record-select.tsx';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { LeaveGuard } from '#admin-ui/src/ui/leave-guard.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { languageName } from './language-name.ts';
import { SourceEditor } from './source-editor.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { TemplateValues } from './template-values.tsx';

const DRAWN_AFTER_MILLISECONDS = 600;

/** One template: its source, what comes of it, its versions. */
export function TemplateScreen() {
  const { object: name, language } = useParams({ from: '/app/working/settings/documents/$object/$language' });
  const { t } = useTexts();
  const object = useObjects().find((one) => one.name === name && one.document);
  const loaded = useTemplate({ module: object?.module ?? '', object: name, language });
  if (!object) return <Failure error={new Error(t('documents.none'))} />;
  if (loaded.isError) return <Failure error={loaded.error} onRetry={() => void loaded.refetch()} />;
  return loaded.data ? <Edited key={`${name} ${language} ${loaded.data.version}`} object={object} template={loaded.data} /> : null;
}

function Edited({ object, template }: { readonly object: BusinessObject; readonly template: DocumentTemplate }) {
  const { t, say, language: reader } = useTexts();
  const client = useQueryClient();
  const [source, setSource] = useState(template.source);
  const which = { module: object.module, object: object.name, language: template.language };
  const isDirty = source !== template.source;
  const title = `${say(template.label)} – ${languageName(template.language, reader)}`;
  useDocumentTitle(`${title} · Tessera`);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['document-templates', object.module] });
  const save = useMutation({
    mutationFn: (next: string | null) => saveTemplate(which, next, template.version),
    onSuccess: async (_done, next) => {
      notifyDone(t(next === null ? 'documents.resetDone' : 'documents.saved'));
      await again();
    },
  });
  const take = (version: number): void => void loadVersion(which, version).then(setSource, notifyFailure);
  useHotkeys([['mod+S', () => (isDirty ? save.mutate(source) : undefined)]], []);
  return (
    <Stack>
      <LeaveGuard isDirty={isDirty} text={t('documents.unsaved')} isKept={() => false} />
      <div>
        <Breadcrumbs separator="›" fz="sm" mb={4}>
          <Anchor inherit renderRoot={(props) => <Link {...props} to="/settings/documents" />}>
            {t('settings.documents')}
          </Anchor>
          <span className="dim">{title}</span>
        </Breadcrumbs>
        <div className="page-head">
          <IconFileText size={24} stroke={1.7} aria-hidden />
          <Title order={1}>{title}</Title>
          <span className="grow" />
          {template.isOwn && (
            <Button variant="default" leftSection={<IconRestore size={16} aria-hidden />} onClick={() => save.mutate(null)}>
              {t('documents.reset')}
            </Button>
          )}
          <Button
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            disabled={!isDirty}
            loading={save.isPending}
            aria-keyshortcuts="Control+S"
            onClick={() => save.mutate(source)}
          >
            {t('action.save')}
          </Button>
        </div>
      </div>
      {save.error instanceof Problem && save.error.status === 412 && (
        <Alert color="yellow" role="alert">
          {t('documents.moved')}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void again()}>
            {t('documents.reload')}
          </Button>
        </Alert>
      )}
      <Workbench object={object} which={which} source={source} refused={save.error} onChange={setSource} />
      <section className="card section">
        <Title order={2} size="h4" mb="xs">
          {t('documents.values')}
        </Title>
        <TemplateValues values={template.values} />
      </section>
      <Versions template={template} onTake={take} />
    </Stack>
  );
}

type WorkbenchProps = {
  readonly object: BusinessObject;
  readonly which: Parameters<typeof drawTemplate>[0];
  readonly source: string;
  /** Why the last save was refused. */
  readonly refused: unknown;
  readonly onChange: (source: string) => void;
};

/** The source beside the document that comes of it, drawn anew as one types. */
function Workbench({ object, which, source, refused, onChange }: WorkbenchProps) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<{ id: string; title: string } | null>(null);
  const [drawn] = useDebouncedValue(source, DRAWN_AFTER_MILLISECONDS);
  const id = chosen?.id ?? null;
  const drawing = useQuery({
    queryKey: ['drawing', which, drawn, id],
    queryFn: ({ signal }) => drawTemplate(which, { source: drawn, id }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  const error = drawing.error ?? refused;
  const problems = error instanceof Problem && error.status === 422 ? error.errors : [];
  const wrong = new Set(problems.flatMap(({ line }) => (line === undefined ? [] : [line])));
  return (
    <div className="workbench">
      <div>
        <Title order={2} size="h4" mb={4}>
          {t('documents.source')}
        </Title>
        <p className="dim template-help">{t('documents.sourceHelp')}</p>
        <SourceEditor label={t('documents.source')} source={source} wrong={wrong} onChange={onChange} />
        {problems.length > 0 && (
          <Alert color="red" mt="xs" role="alert">
            {problems.map(({ line, message }) => (
              <div key={`${line} ${message}`}>{line === undefined ? message : t('documents.line', { line, message })}</div>
            ))}
          </Alert>
        )}
        {problems.length === 0 && error instanceof Error && <Failure error={error} />}
      </div>
      <div>
        <RecordSelect
          target={object}
          shown={chosen?.title ?? ''}
          isChosen={chosen !== null}
          isDisabled={false}
          frame={{ label: t('documents.preview'), mb: 'xs' }}
          onChoose={(record) => setChosen(record ? { id: textOf(record['id']), title: textOf(record['title']) } : null)}
        />
        <TemplatePreview drawing={drawing.data} isDrawing={drawing.isFetching} />
      </div>
    </div>
  );
}

function Versions({ template, onTake }: { readonly template: DocumentTemplate; readonly onTake: (version: number) => void }) {
  const { t, language } = useTexts();
  if (template.versions.length === 0) return null;
  return (
    <section className="card section">
      <Title order={2} size="h4" mb="xs">
        {t('documents.versions')}
      </Title>
      {template.versions.map(({ version, at, isReset }) => (
        <Group key={version} justify="space-between" py={4}>
          <span>
            {t(isReset ? 'documents.versionReset' : 'documents.version', { version })}{' '}
            <span className="dim">{formatDateTime(at, language)}</span>
          </span>
          {!isReset && (
            <Button size="compact-sm" variant="default" onClick={() => onTake(version)}>
              {t('documents.take')}
            </Button>
          )}
        </Group>
      ))}
    </section>
  );
}
