import { Group, Rating } from '@mantine/core';
import { IconStar } from '@tabler/icons-react';
import { CloseButton } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { useInputFrame } from './input-frame.ts';

export const rating: FieldUi = { name: 'rating', icon: IconStar, Cell: RatingCell, Input: RatingInput, width: 130 };

const STARS = 5;

function starsOf(value: unknown): number {
  return typeof value === 'number' ? value : Number(value ?? 0) || 0;
}

/** Stars for the eye, words for the ear. */
function RatingCell({ field, value }: CellProps) {
  const { t } = useTexts();
  const [stars, most] = [starsOf(value), Number(field.maximum ?? STARS)];
  if (stars === 0) return null;
  return (
    <span role="img" aria-label={t('rating.of', { stars, most })} className="stars">
      {'★'.repeat(stars)}
      <span className="stars-missing">{'★'.repeat(Math.max(0, most - stars))}</span>
    </span>
  );
}

function RatingInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  const { label, disabled, 'aria-label': spoken } = frame;
  const stars = starsOf(props.value);
  const most = Number(props.field.maximum ?? STARS);
  return (
    <FieldWrapper frame={frame}>
      <Group gap="xs" mih={36}>
        <Rating
          value={stars}
          count={most}
          readOnly={disabled}
          onChange={props.onChange}
          role="group"
          aria-label={label ?? spoken ?? ''}
          getSymbolLabel={(index) => t('rating.of', { stars: index, most })}
        />
        {stars > 0 && !disabled && <CloseButton size="sm" aria-label={t('field.clear')} onClick={() => props.onChange(null)} />}
      </Group>
    </FieldWrapper>
  );
}
