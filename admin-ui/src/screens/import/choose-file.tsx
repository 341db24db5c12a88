import { Anchor, Button, FileButton, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { apiName, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { lookAt, type Chosen } from './import-api.ts';
import { importableFields } from './importable.ts';

type Props = { readonly object: BusinessObject; readonly onChosen: (chosen: Chosen) => void };

/** The file, chosen or dropped, and an empty one with the right headers to begin with. */
export function ChooseFile({ object, onChosen }: Props) {
  const { t } = useTexts();
  const [isOver, setOver] = useState(false);
  const look = useMutation({
    mutationFn: (file: File) => lookAt(object, file),
    onSuccess: onChosen,
  });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) look.mutate(file);
  };
  return (
    <Stack>
      {look.isError && <Failure error={look.error} />}
      <div
        role="group"
        aria-label={t('import.file')}
        className={isOver ? 'drop drop-over import-drop' : 'drop import-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text>{t('import.drop')}</Text>
        <FileButton accept=".xlsx,.csv,.tsv,.txt,text/csv" onChange={(file) => (file ? look.mutate(file) : undefined)}>
          {(button) => (
            <Button {...button} loading={look.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
              {t('file.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" className="dim">
          {t('import.forms')}
        </Text>
      </div>
      <Text size="sm">
        <Anchor href={`data:text/csv;charset=utf-8,${encodeURIComponent(emptyFile(object))}`} download={`${object.collection}.csv`}>
          {t('import.empty')}
        </Anchor>
      </Text>
    </Stack>
  );
}

/** The headers of all fields that can be imported; spreadsheets know UTF-8 by the mark at its beginning. */
function emptyFile(object: BusinessObject): string {
  return `\ufeff${importableFields(object).map(apiName).join(',')}\r\n`;
}
