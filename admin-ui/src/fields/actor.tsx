import { useTexts } from '../i18n/index.ts';
import { useActors } from './use-actors.ts';
import type { CellProps } from './field-ui.ts';
import { PlainCell } from './plain-input.tsx';
import { textOf } from './input-frame.ts';

/** Text; in what the platform notes of a record, who wrote it by their name, where the reader may know it. */
export function TextCell(props: CellProps) {
  const { field, value } = props;
  const { t } = useTexts();
  const by = field.system === true ? textOf(value) : '';
  if (by.startsWith('link:')) return <>{t('history.link')}</>;
  return /^(user|key):/.test(by) ? <ActorName by={by} /> : <PlainCell {...props} />;
}

function ActorName({ by }: { readonly by: string }) {
  return <>{useActors([by]).get(by) ?? by}</>;
}
