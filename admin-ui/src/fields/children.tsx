import { IconTable } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi } from './field-ui.ts';
import { LineItems } from './line-items.tsx';

export const children: FieldUi = { name: 'children', icon: IconTable, Cell: ChildrenCell, Input: LineItems, isWide: true, width: 120 };

function ChildrenCell({ value }: CellProps) {
  const { t } = useTexts();
  return <>{Array.isArray(value) ? t('field.rows', { count: value.length }) : ''}</>;
}
