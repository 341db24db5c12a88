import { ActionIcon, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { changeComment, removeComment, type Comment } from '#admin-ui/src/api/beside.ts';
import { useMe, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { CommentBox } from './comment-box.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly id: string;
  readonly comment: Comment;
  /** Null where it can only be read. */
  readonly onChanged: (() => void) | null;
};

/** A comment as it reads now; its author changes it in its place. */
export function CommentText({ object, id, comment, onChanged }: Props) {
  const { t, language } = useTexts();
  const { user } = useMe();
  const [draft, setDraft] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (text: string) => changeComment(object, id, { id: comment.id, text }),
    onSuccess: () => {
      setDraft(null);
      onChanged?.();
    },
  });
  if (draft !== null)
    return (
      <CommentBox
        label={t('comment.edit')}
        send={t('action.save')}
        value={draft}
        onChange={setDraft}
        onSend={() => change.mutate(draft)}
        onCancel={() => setDraft(null)}
        isSending={change.isPending}
        error={change.isError ? (problemsByPath(change.error)['text'] ?? change.error.message) : null}
      />
    );
  const isForMe = user.id !== undefined && comment.mentions.includes(user.id);
  return (
    <div className={isForMe ? 'comment comment-mine' : 'comment'}>
      {onChanged && <CommentMenu object={object} id={id} comment={comment} onEdit={() => setDraft(comment.text)} onChanged={onChanged} />}
      {/* The server has cleaned it, by the allow-list of formatted text. */}
      <div className="comment-text" dangerouslySetInnerHTML={{ __html: comment.html }} />
      {comment.editedAt !== null && (
        <Text size="xs" c="dimmed" title={formatDateTime(comment.editedAt, language)}>
          {t('comment.edited')}
        </Text>
      )}
    </div>
  );
}

type MenuProps = Omit<Props, 'onChanged'> & { readonly onEdit: () => void; readonly onChanged: () => void };

function CommentMenu({ object, id, comment, onEdit, onChanged }: MenuProps) {
  const { t } = useTexts();
  const { user, administrator } = useMe();
  const isOwn = user.id !== undefined && comment.by === `user:${user.id}`;
  if (!isOwn && !administrator) return null;
  const remove = (): void => {
    modals.openConfirmModal({
      title: t('comment.remove'),
      children: <Text size="sm">{t('comment.removeText')}</Text>,
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => void removeComment(object, id, comment.id).then(onChanged, notifyFailure),
    });
  };
  return (
    <Menu position="bottom-end" width={160}>
      <Menu.Target>
        <ActionIcon className="comment-menu" variant="subtle" color="gray" size="sm" aria-label={t('comment.more')}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isOwn && (
          <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={onEdit}>
            {t('action.edit')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={14} aria-hidden />} onClick={remove}>
          {t('action.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
