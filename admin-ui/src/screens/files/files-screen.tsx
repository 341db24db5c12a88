import { Alert, Box, Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconFileCode, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useMetadataChanged } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { applyFiles, download, planFiles, readBundle, type Bundle, type FilesPlan } from './files-api.ts';
import { FilesPlanView } from './files-plan.tsx';

type Planned = { readonly name: string; readonly bundle: Bundle; readonly plan: FilesPlan; readonly going: readonly string[] };

/** What administrators made, as one file to take along; and such a file of another installation: what it would change, and applying it. */
export function FilesScreen() {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const forget = useRef<() => void>(null);
  const [planned, setPlanned] = useState<Planned | null>(null);
  const save = useMutation({ mutationFn: download });
  const look = useMutation({
    mutationFn: async ({ name, bundle, going }: Omit<Planned, 'plan'>) => ({ name, bundle, going, plan: await planFiles(bundle, going) }),
    onSuccess: setPlanned,
  });
  const open = useMutation({
    mutationFn: readBundle,
    onSuccess: (bundle, file) => look.mutate({ name: file.name, bundle, going: [] }),
  });
  const apply = useMutation({
    mutationFn: (ready: Planned) => applyFiles(ready.bundle, ready.going, ready.plan.version),
    onSuccess: async ({ version }) => {
      await changed();
      notifyDone(t('files.applied', { version }));
      setPlanned(null);
    },
  });
  const tick = (ready: Planned, going: readonly string[]): void => {
    setPlanned({ ...ready, going });
    look.mutate({ ...ready, going });
  };
  const again = planned ? () => (apply.reset(), look.mutate(planned)) : undefined;
  return (
    <Page title={t('settings.files')} icon={<IconFileCode size={24} stroke={1.7} aria-hidden />}>
      <Text size="sm" c="dimmed" mb="md" maw={760}>
        {t('files.text')}
      </Text>
      <Stack>
        <Box component="section" className="card section" aria-label={t('files.take')}>
          <Title order={2}>{t('files.take')}</Title>
          <Text size="sm" mb="sm">
            {t('files.takeHelp')}
          </Text>
          {save.isError && <Failure error={save.error} />}
          <Button leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
            {t('files.download')}
          </Button>
        </Box>
        <Box component="section" className="card section" aria-label={t('files.bring')}>
          <Title order={2}>{t('files.bring')}</Title>
          <Stack gap="sm">
            <Text size="sm">{t('files.bringHelp')}</Text>
            {open.isError && <Failure error={open.error} />}
            {look.isError && <Refused error={look.error} />}
            <Group>
              <FileButton
                resetRef={forget}
                accept=".json,application/json"
                onChange={(file) => {
                  if (file) open.mutate(file);
                  forget.current?.();
                }}
              >
                {(button) => (
                  <Button {...button} variant="default" loading={look.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
                    {t('file.choose')}
                  </Button>
                )}
              </FileButton>
              {planned && <Text size="sm">{planned.name}</Text>}
            </Group>
            {planned && <FilesPlanView plan={planned.plan} going={planned.going} onGoing={(going) => tick(planned, going)} />}
            {apply.isError && <Failure error={apply.error} {...(isMoved(apply.error) && again ? { onRetry: again } : {})} />}
            {planned && planned.plan.lines.length > 0 && (
              <Group>
                <Button loading={apply.isPending} disabled={look.isPending} onClick={() => apply.mutate(planned)}>
                  {t('files.apply')}
                </Button>
                <Button variant="default" onClick={() => setPlanned(null)}>
                  {t('action.cancel')}
                </Button>
              </Group>
            )}
          </Stack>
        </Box>
      </Stack>
    </Page>
  );
}

function isMoved(error: unknown): boolean {
  return error instanceof Problem && error.status === 409 && typeof error.body['version'] === 'number';
}

/** What is wrong with a file, place by place. */
function Refused({ error }: { readonly error: unknown }) {
  const { t } = useTexts();
  if (!(error instanceof Problem) || error.errors.length === 0) return <Failure error={error} />;
  return (
    <Alert color="red" title={t('files.refused')} role="alert">
      {error.errors.map(({ pointer, message }) => (
        <Text key={`${pointer} ${message}`} size="sm">
          <code>{pointer.replace(/^\/files\//, '').replaceAll('~1', '/')}</code> {message}
        </Text>
      ))}
    </Alert>
  );
}
