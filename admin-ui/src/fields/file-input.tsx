import { Button, CloseButton, FileButton, Group, Progress, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useId, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useObjects } from '../api/metadata.ts';
import { Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/index.ts';
import type { InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { useInputFrame } from './input-frame.ts';
import { fileOf, uploadFile, type FileValue } from './upload.ts';

/** The module whose object has the field: files live where their records do. */
export function useModuleOf(field: InputProps['field']): string | undefined {
  return useObjects().find((object) => object.fields.some((one) => one.id === field.id))?.module;
}

/** Takes one file, chosen or dropped, and uploads it at once; `Shown` shows the one that is there. */
export function FileInput({
  Shown,
  accept,
  ...props
}: InputProps & { readonly Shown: (props: { file: FileValue; module: string }) => ReactNode; readonly accept: string }) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  const { label, disabled, 'aria-label': spoken } = frame;
  const module = useModuleOf(props.field);
  const { share, refused, start } = useUpload(module, props.onChange);
  const [isOver, setOver] = useState(false);
  const forget = useRef<() => void>(null);
  const id = useId();
  const file = fileOf(props.value);
  const isOpen = !disabled && share === null;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped && isOpen) start(dropped);
  };
  return (
    <FieldWrapper frame={frame} id={id} error={refused}>
      <div
        role="group"
        aria-label={label ?? spoken ?? ''}
        className={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(isOpen);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {share !== null && <Progress value={share * 100} aria-label={t('file.uploading')} />}
        <div className="drop-line">
          <ShownFile Shown={Shown} file={file} module={module} empty={t(disabled ? 'file.none' : 'file.drop')} />
          {isOpen && (
            <Group gap={4} wrap="nowrap">
              <FileButton accept={accept} resetRef={forget} onChange={(chosen) => chosen && start(chosen, () => forget.current?.())}>
                {(button) => (
                  <Button {...button} size="compact-sm" variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
                    {t(file ? 'file.replace' : 'file.choose')}
                  </Button>
                )}
              </FileButton>
              {file && <CloseButton size="sm" aria-label={t('file.remove', { name: file.name })} onClick={() => props.onChange(null)} />}
            </Group>
          )}
        </div>
      </div>
    </FieldWrapper>
  );
}

type ShownProps = {
  readonly Shown: (props: { file: FileValue; module: string }) => ReactNode;
  readonly file: FileValue | null;
  readonly module: string | undefined;
  readonly empty: string;
};

function ShownFile({ Shown, file, module, empty }: ShownProps) {
  if (file && module !== undefined)
    return (
      <div className="drop-shown">
        <Shown file={file} module={module} />
      </div>
    );
  return (
    <Text size="sm" className={file ? 'drop-shown' : 'drop-shown dim'}>
      {file?.name ?? empty}
    </Text>
  );
}

type Upload = { readonly share: number | null; readonly refused: string | null; readonly start: (file: File, done?: () => void) => void };

function useUpload(module: string | undefined, onStored: (file: FileValue) => void): Upload {
  const { t } = useTexts();
  const [share, setShare] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const start = (file: File, done?: () => void): void => {
    if (module === undefined) return;
    setRefused(null);
    setShare(0);
    uploadFile(module, file, setShare)
      .then(onStored, (problem: unknown) =>
        setRefused(problem instanceof Problem && problem.message !== '' ? problem.message : t('file.failed')),
      )
      .finally(() => {
        setShare(null);
        done?.();
      });
  };
  return { share, refused, start };
}
