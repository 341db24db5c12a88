import { Loader, Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { Drawing } from '#admin-ui/src/api/document-templates.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** The pages as a picture: whatever stands in a drawing, as a picture it runs nothing. */
export function TemplatePreview({ drawing, isDrawing }: { readonly drawing: Drawing | undefined; readonly isDrawing: boolean }) {
  const { t } = useTexts();
  const url = usePictureUrl(drawing?.svg);
  return (
    <div className="template-preview" aria-busy={isDrawing}>
      {url !== null && <img src={url} alt={t('documents.drawing')} />}
      <Text size="xs" className="dim" role="status">
        {isDrawing ? <Loader size="xs" aria-label={t('loading')} /> : drawing && t('documents.pages', { count: drawing.pages })}
      </Text>
    </div>
  );
}

function usePictureUrl(svg: string | undefined): string | null {
  const url = useMemo(() => (svg === undefined ? null : URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))), [svg]);
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);
  return url;
}
