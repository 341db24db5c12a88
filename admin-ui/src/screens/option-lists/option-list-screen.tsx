import { Alert, Anchor, Breadcrumbs, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconListDetails, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useOptionLists, type SharedList } from '#admin-ui/src/api/option-lists.ts';
import { useTexts, type Language } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ChangeDialog, type Proposed } from '../objects/change-dialog.tsx';
import { ChangeLog } from '../objects/change-log.tsx';
import { changedOptions, optionDrafts, type OptionDraft } from '../objects/option-draft.ts';
import { OptionsEditor } from '../objects/options-editor.tsx';
import { PlaceList } from '../objects/place-list.tsx';

/** One option list: its options, the fields that use it, its history. */
export function OptionListScreen() {
  const { list: name } = useParams({ from: '/app/working/settings/option-lists/$list' });
  const { t } = useTexts();
  const { lists, isError, error, isSuccess, refetch } = useOptionLists();
  const list = lists.find((one) => one.name === name);
  if (isError) return <Failure error={error} onRetry={() => void refetch()} />;
  if (isSuccess && !list) return <Failure error={new Error(t('lists.none'))} />;
  return list ? <Managed key={list.name} list={list} onStale={() => void refetch()} /> : null;
}

/** `onStale`: what is shown may not be what is there, after a change that was not made. */
function Managed({ list, onStale }: { readonly list: SharedList; readonly onStale: () => void }) {
  const { t, say, language } = useTexts();
  const navigate = useNavigate();
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const [saves, setSaves] = useState(0);
  const label = say(list.label);
  useDocumentTitle(`${label} · ${t('settings.optionLists')} · Tessera`);
  const drop = (): void =>
    setProposed({ title: t('lists.dropList', { list: label }), change: { kind: 'dropOptionList', optionList: list.name }, isDanger: true });
  return (
    <Stack>
      <div>
        <Breadcrumbs separator="›" fz="sm" mb={4}>
          <Anchor inherit renderRoot={(props) => <Link {...props} to="/settings/option-lists" />}>
            {t('settings.optionLists')}
          </Anchor>
          <span className="dim">{label}</span>
        </Breadcrumbs>
        <div className="page-head">
          <IconListDetails size={24} stroke={1.7} aria-hidden />
          <Title order={1}>{label}</Title>
          <span className="dim">{list.name}</span>
        </div>
      </div>
      <ListForm key={`${language} ${saves}`} shown={list} onPropose={setProposed} />
      <section className="card section">
        <Title order={2} size="h4" mb="xs">
          {t('lists.usedBy')}
        </Title>
        <Users list={list} />
        <Group mt="md">
          <Button
            variant="light"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            disabled={list.usedBy.length > 0}
            onClick={drop}
          >
            {t('lists.drop')}
          </Button>
          {list.usedBy.length > 0 && (
            <Text size="sm" className="dim">
              {t('lists.inUse')}
            </Text>
          )}
        </Group>
      </section>
      <section>
        <Title order={2} size="h4" mb="xs">
          {t('lists.history')}
        </Title>
        <ChangeLog optionList={list.name} />
      </section>
      {proposed && (
        <ChangeDialog
          proposed={proposed}
          onClose={() => {
            setProposed(null);
            onStale();
          }}
          onDone={() => {
            if (proposed.change['kind'] === 'dropOptionList') void navigate({ to: '/settings/option-lists' });
            else setSaves(saves + 1);
          }}
        />
      )}
    </Stack>
  );
}

function Users({ list }: { readonly list: SharedList }) {
  const { t } = useTexts();
  const places = list.usedBy.map(({ object, field, label }) => ({ kind: 'options', object, name: field, label, isBlocking: true }));
  if (places.length === 0) return <Text size="sm">{t('lists.unused')}</Text>;
  return <PlaceList places={places} />;
}

type FormProps = { readonly shown: SharedList; readonly onPropose: (proposed: Proposed) => void };

/**
 * What the list is called in the reader's language, and its options: the same editor as in a field. It follows the list until something is
 * typed; what is typed stays when somebody else changes the list, and is refused then, for it was meant for another one.
 */
function ListForm({ shown, onPropose }: FormProps) {
  const { t, say, language } = useTexts();
  const [list, setList] = useState(shown);
  const given = { label: say(list.label), options: optionDrafts(list.options, say) };
  const [draft, setDraft] = useState(given);
  const set = changesOf(list, { given, draft, language });
  const hasMoved = shown.version !== list.version;
  const follow = (): void => {
    setList(shown);
    setDraft({ label: say(shown.label), options: optionDrafts(shown.options, say) });
  };
  if (hasMoved && Object.keys(set).length === 0) follow();
  return (
    <form
      className="card section"
      onSubmit={(event) => {
        event.preventDefault();
        onPropose({
          title: t('lists.change', { list: say(list.label) }),
          change: { kind: 'changeOptionList', optionList: list.name, set },
          apply: () => changeList(list, set),
        });
      }}
    >
      <Stack>
        {hasMoved && (
          <Alert color="yellow" title={t('lists.moved')}>
            <Button size="compact-sm" variant="default" onClick={follow}>
              {t('lists.follow')}
            </Button>
          </Alert>
        )}
        <TextInput
          label={t('lists.label')}
          required
          maxLength={120}
          value={draft.label}
          onChange={(event) => setDraft({ ...draft, label: event.currentTarget.value })}
        />
        <OptionsEditor options={draft.options} error={undefined} fields={[]} onChange={(options) => setDraft({ ...draft, options })} />
        <Group justify="flex-end">
          <Button type="submit" disabled={Object.keys(set).length === 0}>
            {t('fields.preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function changeList({ name, version }: SharedList, body: object): Promise<unknown> {
  return askFor(`/api/platform/option-lists/${name}`, { method: 'PATCH', body, headers: { 'If-Match': `"${version}"` } });
}

type Draft = { readonly label: string; readonly options: readonly OptionDraft[] };
type Edited = { readonly given: Draft; readonly draft: Draft; readonly language: Language };

function changesOf(list: SharedList, { given, draft, language }: Edited): { readonly [name: string]: unknown } {
  const isSame = JSON.stringify(draft.options) === JSON.stringify(given.options);
  return {
    ...(draft.label === given.label ? {} : { label: { ...list.label, [language]: draft.label } }),
    ...(isSame ? {} : { options: changedOptions(draft.options, list.options, language) }),
  };
}
