import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';

type Props = {
  /** What the two are called. */
  readonly up: string;
  readonly down: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly size?: 'sm' | 'md';
  readonly onMove: (step: -1 | 1) => void;
};

/** One place up or down in an ordered list, for those who do not drag. */
export function MoveButtons({ up, down, isFirst, isLast, size = 'md', onMove }: Props) {
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size={size} disabled={isFirst} aria-label={up} onClick={() => onMove(-1)}>
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={size} disabled={isLast} aria-label={down} onClick={() => onMove(1)}>
        <IconChevronDown size={16} />
      </ActionIcon>
    </>
  );
}
