import { Tooltip, UnstyledButton } from '@mantine/core';
import type { Option } from '#platform/kernel/model.ts';
import type { BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { OptionBadge } from '../fields/option-badge.tsx';
import { useTexts } from '../i18n/index.ts';
import type { RecordForm } from './record-form.ts';
import type { Commands, OfferedCommand } from './use-commands.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly commands: Commands;
  readonly form: RecordForm;
  readonly canEdit: boolean;
};

/**
 * The statuses a record goes through, and where it stands. A step that a command leads to is a button; where the command
 * cannot be used now, the step says why. Where no command moves the status each step sets it, to be saved like all that is typed. What is aside of the way is left out unless the record is there;
 * where nothing is left to go through, the status is enough.
 */
export function StatusPath({ object, record, commands, form, canEdit }: Props) {
  const { say, t } = useTexts();
  const field = object.fields.find((one) => one.type === 'status');
  const isChosen = field !== undefined && field.editable && canEdit;
  const status = field && (isChosen ? form.values : record)[field.name];
  if (!field || typeof status !== 'string') return null;
  const options = (field.options ?? []).filter((option) => option.retired !== true || option.key === status);
  const current = options.findIndex((option) => option.key === status);
  const shown = options.filter((option) => option.key === status || option.aside !== true);
  if (shown.length < 2) return <OptionBadge options={field.options} value={status} />;
  return (
    <ol key={status} ref={showCurrent} className="status-path" aria-label={t('record.status', { field: say(field.label) })}>
      {shown.map((option) => (
        <li
          key={option.key}
          data-state={options.indexOf(option) < current ? 'done' : 'open'}
          {...(option.key === status ? { 'aria-current': 'step' } : {})}
        >
          <Step
            option={option}
            offered={option.key === status ? undefined : commands.offered.find(({ command }) => command.to === option.key)}
            onStart={commands.start}
            onChoose={isChosen && option.key !== status && option.retired !== true ? () => form.set(field, option.key) : undefined}
          />
        </li>
      ))}
    </ol>
  );
}

/** Where the path is wider than the page, the step where the record stands is brought to its middle. */
function showCurrent(path: HTMLOListElement | null): void {
  const step = path?.querySelector<HTMLLIElement>('[aria-current]');
  if (path && step) path.scrollLeft = step.offsetLeft - path.offsetLeft - (path.clientWidth - step.clientWidth) / 2;
}

type StepProps = {
  readonly option: Option;
  readonly offered: OfferedCommand | undefined;
  readonly onStart: Commands['start'];
  readonly onChoose: (() => void) | undefined;
};

function Step({ option, offered, onStart, onChoose }: StepProps) {
  const { say } = useTexts();
  if (onChoose)
    return (
      <UnstyledButton className="status-step" onClick={onChoose}>
        {say(option.label)}
      </UnstyledButton>
    );
  if (!offered) return <span>{say(option.label)}</span>;
  const { command, reason } = offered;
  if (reason !== null) {
    return (
      <Tooltip label={`${say(command.label)}: ${reason}`}>
        <span>{say(option.label)}</span>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={say(command.label)}>
      <UnstyledButton className="status-step" onClick={() => onStart(command)}>
        {say(option.label)}
      </UnstyledButton>
    </Tooltip>
  );
}
