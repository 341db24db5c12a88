import { SegmentedControl } from '@mantine/core';
import { IconMarkdown } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { textOf, useInputFrame } from './input-frame.ts';
import { longText } from './long-text.tsx';

/** Written with its marks, read without them. */
export const markdown: FieldUi = {
  ...longText,
  name: 'markdown',
  icon: IconMarkdown,
  Cell: MarkdownCell,
  Reading: MarkdownReading,
  Input: MarkdownInput,
  isWide: true,
};

const Line = lazy(() => import('./markdown-text.tsx').then(({ MarkdownLine }) => ({ default: MarkdownLine })));
const Whole = lazy(() => import('./markdown-text.tsx').then(({ MarkdownText }) => ({ default: MarkdownText })));

function MarkdownCell({ value }: CellProps) {
  const text = textOf(value);
  return (
    <Suspense fallback={text}>
      <Line text={text} />
    </Suspense>
  );
}

function MarkdownReading({ value }: CellProps) {
  const text = textOf(value);
  return (
    <Suspense fallback={text}>
      <Whole text={text} />
    </Suspense>
  );
}

/** The text as it is written, or as it will be read. */
function MarkdownInput(props: InputProps) {
  const { t } = useTexts();
  const id = useId();
  const frame = useInputFrame(props);
  const [isPreview, setPreview] = useState(false);
  const isEmpty = textOf(props.value) === '';
  if (props.isBare === true || (isEmpty && !isPreview)) return <longText.Input {...props} />;
  return (
    <div>
      {isPreview ? (
        <FieldWrapper frame={frame} id={id}>
          <div className="rich rich-area" role="region" tabIndex={0} aria-label={t('markdown.previewOf', { field: frame.label ?? '' })}>
            <MarkdownReading {...props} />
          </div>
        </FieldWrapper>
      ) : (
        <longText.Input {...props} />
      )}
      <SegmentedControl
        size="xs"
        mt={4}
        aria-label={t('markdown.shownAs', { field: frame.label ?? '' })}
        value={isPreview ? 'preview' : 'source'}
        onChange={(value) => setPreview(value === 'preview')}
        data={[
          { value: 'source', label: t('markdown.source') },
          { value: 'preview', label: t('markdown.preview') },
        ]}
      />
    </div>
  );
}
