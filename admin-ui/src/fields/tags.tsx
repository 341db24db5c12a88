import { Badge, TagsInput } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { useInputFrame } from './input-frame.ts';

export const tags: FieldUi = { name: 'tags', icon: IconTags, Cell: TagsCell, Input: TagsTextInput, width: 200 };

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}

function TagsCell({ value }: CellProps) {
  return (
    <span className="cell-words">
      {wordsOf(value).map((word) => (
        <Badge key={word} component="span" variant="default" tt="none" fw={500}>
          {word}
        </Badge>
      ))}
    </span>
  );
}

function TagsTextInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  const words = wordsOf(props.value);
  return (
    <TagsInput
      {...frame}
      value={words}
      placeholder={words.length === 0 ? t('tags.type') : ''}
      onChange={(next) => props.onChange(next.length === 0 ? null : next)}
      splitChars={[',', ';']}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ 'aria-label': t('field.clear') }}
    />
  );
}
