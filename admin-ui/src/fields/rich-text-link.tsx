import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core';
import { IconLinkPlus } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTexts } from '../i18n/index.ts';

const START = 'https://';

/** Asks where the chosen words lead. The choice is kept while the address is typed, as the caret leaves the text for it. */
export function RichTextLink({ onLink }: { readonly onLink: (address: string) => void }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState(START);
  const chosen = useRef<Range | null>(null);
  const isAddress = /^(https?:\/\/|mailto:)\S+$/i.test(address.trim());
  const open = (): void => {
    const selection = globalThis.getSelection();
    chosen.current = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null;
    setAddress(START);
    setOpen(true);
  };
  const link = (): void => {
    if (!isAddress) return;
    setOpen(false);
    const selection = globalThis.getSelection();
    selection?.removeAllRanges();
    if (chosen.current) selection?.addRange(chosen.current);
    onLink(address.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    link();
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-start" shadow="md" withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('richText.link')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={open}
        >
          <IconLinkPlus size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('richText.link')}>
        <Group gap="xs" align="end">
          <TextInput
            size="xs"
            w={260}
            label={t('richText.address')}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button size="xs" disabled={!isAddress} onClick={link}>
            {t('richText.link.set')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
