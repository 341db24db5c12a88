import { ActionIcon, Button, Popover, Text, UnstyledButton, type ActionIconProps } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Piece = { readonly key: string; readonly isRead: boolean; readonly shown: ReactNode; readonly onOpen: () => void };

type Props = Pick<ActionIconProps, 'visibleFrom'> & {
  readonly icon: ReactNode;
  /** What the list is called, what the button says of what is unread, what is said of none, and what marks all as read. */
  readonly texts: { readonly title: string; readonly label: string; readonly none: string; readonly readAll: string };
  readonly unread: number;
  readonly pieces: readonly Piece[];
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onReadAll: () => void;
};

/** A button of the frame with how many pieces of news there are, and a list of them below it, each of which leads somewhere. */
export function News({ icon, texts, unread, pieces, isOpen, onToggle, onReadAll, visibleFrom }: Props) {
  return (
    <Popover position="bottom-end" width={320} opened={isOpen} onChange={onToggle} trapFocus>
      <Popover.Target>
        <ActionIcon
          className="mentions"
          {...(visibleFrom === undefined ? {} : { visibleFrom })}
          variant="default"
          size="lg"
          aria-label={texts.label}
          title={texts.label}
          onClick={() => onToggle(!isOpen)}
        >
          {icon}
          {unread > 0 && <span className="mentions-count">{unread}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6} mah={440} className="scrolls" aria-label={texts.title}>
        {pieces.length === 0 && (
          <Text size="sm" className="dim" p="xs">
            {texts.none}
          </Text>
        )}
        <ul className="mentions-list">
          {pieces.map(({ key, isRead, shown, onOpen }) => (
            <li key={key} className={isRead ? '' : 'mention-new'}>
              <UnstyledButton
                onClick={() => {
                  onToggle(false);
                  onOpen();
                }}
              >
                {shown}
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {unread > 0 && (
          <Button fullWidth size="compact-sm" variant="subtle" leftSection={<IconChecks size={15} aria-hidden />} onClick={onReadAll}>
            {texts.readAll}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
