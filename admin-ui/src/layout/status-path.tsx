import type { BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';

/** The statuses a record goes through, and where it stands. Ends that it did not take are left out. */
export function StatusPath({ object, record }: { readonly object: BusinessObject; readonly record: RecordValues }) {
  const { say, t } = useTexts();
  const field = object.fields.find((one) => one.type === 'status');
  const status = field && record[field.name];
  if (!field || typeof status !== 'string') return null;
  const options = (field.options ?? []).filter((option) => option.retired !== true || option.key === status);
  const current = options.findIndex((option) => option.key === status);
  const isDeadEnd = (key: string) => object.commands.some((command) => command.to === key && command.tone === 'danger');
  const shown = options.filter((option) => option.key === status || !isDeadEnd(option.key));
  return (
    <ol className="status-path" aria-label={t('record.status', { field: say(field.label) })}>
      {shown.map((option) => (
        <li
          key={option.key}
          data-state={options.indexOf(option) < current ? 'done' : 'open'}
          {...(option.key === status ? { 'aria-current': 'step' } : {})}
        >
          {say(option.label)}
        </li>
      ))}
    </ol>
  );
}
