import { Anchor, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FileInput, useModuleOf } from './file-input.tsx';
import { fileOf, fileUrl, formatSize, type FileValue } from './upload.ts';

export const file: FieldUi = { name: 'file', icon: IconPaperclip, Cell: FileCell, Input: OneFileInput, width: 200 };

function FileCell({ field, value }: CellProps) {
  const module = useModuleOf(field);
  const stored = fileOf(value);
  if (!stored) return null;
  return module === undefined ? <>{stored.name}</> : <FileLink file={stored} module={module} />;
}

function OneFileInput(props: InputProps) {
  return <FileInput {...props} accept={(props.field.accept ?? []).join(',')} Shown={FileLink} />;
}

/** The name of a file that leads to it, and its size. */
export function FileLink({ file: stored, module }: { readonly file: FileValue; readonly module: string }) {
  const { language } = useTexts();
  return (
    <Text inherit span truncate className="file-link" title={stored.name}>
      <Anchor inherit href={fileUrl(module, stored.id)} target="_blank" rel="noreferrer noopener">
        {stored.name}
      </Anchor>{' '}
      <span className="dim">{formatSize(stored.size, language)}</span>
    </Text>
  );
}
