import { IconPhoto } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FileInput, useModuleOf } from './file-input.tsx';
import { FileLink } from './file.tsx';
import { fileOf, fileUrl, type FileValue } from './upload.ts';

export const image: FieldUi = { name: 'image', icon: IconPhoto, Cell: ImageCell, Input: ImageInput, width: 90 };

function ImageCell({ field, value }: CellProps) {
  const module = useModuleOf(field);
  const stored = fileOf(value);
  if (!stored) return null;
  const source = stored.preview ?? (module === undefined ? undefined : fileUrl(module, stored.id, 96));
  if (source === undefined) return <>{stored.name}</>;
  return <img className="thumbnail" src={source} alt={stored.name} loading="lazy" />;
}

function ImageInput(props: InputProps) {
  return <FileInput {...props} accept={(props.field.accept ?? ['image/*']).join(',')} Shown={Picture} />;
}

function Picture({ file, module }: { readonly file: FileValue; readonly module: string }) {
  return (
    <span className="pictured">
      <img className="picture" src={file.preview ?? fileUrl(module, file.id, 320)} alt="" />
      <FileLink file={file} module={module} />
    </span>
  );
}
