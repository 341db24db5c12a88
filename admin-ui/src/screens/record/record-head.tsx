import { ActionIcon, Anchor, Breadcrumbs, Button, Menu, Text, Title, Tooltip } from '@mantine/core';
import { IconDeviceFloppy, IconDots, IconDownload, IconLayout, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMe, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { removeRecord, restoreRecord, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { CommandButtons, useArranged } from '#admin-ui/src/layout/commands.tsx';
import { EntryPreviewButton } from '#admin-ui/src/layout/entry-preview.tsx';
import { MessagePreviewButton } from '#admin-ui/src/layout/message-preview.tsx';
import type { RecordForm } from '#admin-ui/src/layout/record-form.ts';
import { ReportMenu } from '#admin-ui/src/layout/report-menu.tsx';
import { PdfMenu } from '#admin-ui/src/layout/pdf-menu.tsx';
import type { Commands, OfferedCommand } from '#admin-ui/src/layout/use-commands.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { notifyDone, notifyFailure, notifyUndo } from '#admin-ui/src/ui/notify.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly id: string;
  readonly title: string;
  /** Beside the title: an offer's subject next to its number, or that it has no number yet. */
  readonly subtitle: string;
  /** As it was saved. */
  readonly record: RecordValues;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly commands: Commands;
  readonly form: RecordForm;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
};

/** What the record is called and what can be done with it; stays in sight while one scrolls. */
export function RecordHead(props: Props) {
  const { t, say } = useTexts();
  const { object, title, commands } = props;
  const { buttons, menu } = useArranged(commands, props.isDirty);
  return (
    <div className="sticky-head">
      <Breadcrumbs separator="›" fz="sm" mb={4}>
        <Anchor inherit renderRoot={(given) => <Link {...given} to="/o/$object" params={{ object: object.name }} search={{}} />}>
          {say(object.pluralLabel)}
        </Anchor>
        <span className="dim crumb-title">{title}</span>
      </Breadcrumbs>
      <div className="page-head record-head">
        <RecordName object={object} title={title} subtitle={props.subtitle} />
        {props.isDirty && (
          <>
            <Button variant="default" onClick={props.onDiscard}>
              {t('record.discard')}
            </Button>
            <Button
              loading={props.isSaving}
              title="Ctrl S"
              aria-keyshortcuts="Control+S"
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={props.onSave}
            >
              {t('action.save')}
            </Button>
          </>
        )}
        <MessagePreviewButton object={object} form={props.form} />
        <EntryPreviewButton object={object} id={props.id} form={props.form} />
        <ReportMenu object={object} record={props.record} />
        <PdfMenu object={object} id={props.id} />
        <CommandButtons commands={commands} buttons={buttons} />
        <More object={object} id={props.id} offered={menu} onStart={commands.start} />
      </div>
      {commands.dialog}
    </div>
  );
}

type NameProps = Pick<Props, 'object' | 'title' | 'subtitle'>;

/** Icon and title stay together; what is long takes two lines, and all of it is in its tooltip. */
export function RecordName({ object, title, subtitle }: NameProps) {
  return (
    <div className="record-name">
      <ObjectIcon name={object.icon} size={24} />
      <div>
        <Title order={1} title={title}>
          {title}
        </Title>
        {subtitle !== '' && (
          <Text className="dim" size="sm" title={subtitle}>
            {subtitle}
          </Text>
        )}
      </div>
    </div>
  );
}

type MoreProps = Pick<Props, 'object' | 'id'> & { readonly offered: readonly OfferedCommand[]; readonly onStart: Commands['start'] };

/** What is done seldom, and the commands that cannot be used now with the reason. */
function More({ object, id, offered, onStart }: MoreProps) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const remove = useRemove(object, id);
  if (!object.permissions.delete && !administrator && offered.length === 0) return null;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label={t('record.more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ command, reason }) =>
          reason === null ? (
            <Menu.Item key={command.name} {...(command.tone === 'danger' ? { color: 'red' } : {})} onClick={() => onStart(command)}>
              {say(command.label)}
            </Menu.Item>
          ) : (
            <Tooltip key={command.name} label={reason} position="left">
              <Menu.Item data-disabled aria-disabled onClick={(event) => event.preventDefault()} closeMenuOnClick={false}>
                {say(command.label)}
                <Text size="xs" className="dim" lh={1.3}>
                  {reason}
                </Text>
              </Menu.Item>
            </Tooltip>
          ),
        )}
        {offered.length > 0 && <Menu.Divider />}
        {mayExportPerson(object) &&
          (['json', 'html'] as const).map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={`/api/platform/personal-data/${object.name}/${id}?format=${format}`}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t(`record.personalData.${format}`)}
            </Menu.Item>
          ))}
        {administrator && (
          <Menu.Item
            leftSection={<IconLayout size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/settings/objects/$object" params={{ object: object.name }} search={{ tab: 'layouts', record: id }} />
            )}
          >
            {t('record.editLayout')}
          </Menu.Item>
        )}
        {object.permissions.delete && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>
            {t('action.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who may erase what is known of a person may take it along as a file. */
function mayExportPerson({ commands, permissions }: BusinessObject): boolean {
  const may = permissions.commands === true || permissions.commands.includes('erase');
  return may && commands.some(({ name }) => name === 'erase');
}

/** To the recycle bin, with the way back in the message. */
function useRemove(object: BusinessObject, id: string): () => Promise<void> {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const restore = (): void => {
    restoreRecord(object, id).then(async () => {
      notifyDone(t('list.restored', { count: 1 }));
      await navigate({ to: '/o/$object/$id', params: { object: object.name, id } });
    }, notifyFailure);
  };
  return async () => {
    try {
      await removeRecord(object, id);
    } catch (error) {
      notifyFailure(error);
      return;
    }
    await navigate({ to: '/o/$object', params: { object: object.name }, search: {} });
    notifyUndo(t('record.removed', { object: say(object.label) }), { label: t('action.undo'), onUndo: restore });
  };
}
