import { Loader } from '@mantine/core';
import { IconTypography } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const richText: FieldUi = {
  name: 'richText',
  icon: IconTypography,
  Cell: RichTextCell,
  Reading: RichTextReading,
  Input: RichTextInput,
  isWide: true,
  width: 280,
};

const Editor = lazy(() => import('./rich-text-editor.tsx').then(({ RichTextEditor }) => ({ default: RichTextEditor })));

const Whole = lazy(() => import('./rich-text-editor.tsx').then(({ RichTextShown }) => ({ default: RichTextShown })));

/** The server has cleaned what is stored. What was typed a moment ago is cleaned here by the same rule: an inert document, its words alone in lists. */
function RichTextCell({ value }: CellProps) {
  const document = new DOMParser().parseFromString(textOf(value), 'text/html');
  return <>{document.body.textContent}</>;
}

function RichTextReading(props: CellProps) {
  return (
    <Suspense fallback={<RichTextCell {...props} />}>
      <Whole html={textOf(props.value)} />
    </Suspense>
  );
}

function RichTextInput(props: InputProps) {
  return (
    <Suspense fallback={<Loader size="sm" />}>
      <Editor {...props} />
    </Suspense>
  );
}
