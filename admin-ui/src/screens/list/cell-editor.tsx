import { Alert, Popover, Portal, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { Loaded, RecordValues } from '#admin-ui/src/api/records.ts';
import { statesOf, useCircumstances, withOffered } from '#admin-ui/src/fields/field-rules.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { mayEdit } from '#admin-ui/src/layout/may-edit.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { ConflictDialog } from '../record/conflict-dialog.tsx';
import { useRecord } from '../record/use-record.ts';
import { useSave } from '../record/use-save.ts';

/** Where one goes from a cell: nowhere, or to the next that can be changed, to the right or to the left. */
export type Step = 0 | 1 | -1;

/** A cell that is being changed. */
export type EditedCell = { readonly id: string; readonly field: Field; readonly place: DOMRect };

type Props = {
  readonly object: BusinessObject;
  readonly edited: EditedCell;
  /** Nothing is changed any more, and where to go; `isSaved`: the row is another one now. */
  readonly onEnd: (step: Step, isSaved: boolean) => void;
};

/** Changes one value where it stands in the list, under the rules of its record; what is refused is said right there. */
export function CellEditor({ object, edited, onEnd }: Props) {
  const { t, say } = useTexts();
  const { data, error, reload } = useRecord(object, edited.id);
  const { left, top, width, height } = edited.place;
  const failed = useEffectEvent((why: unknown) => {
    notifyFailure(why);
    onEnd(0, false);
  });
  useEffect(() => {
    if (error) failed(error);
  }, [error]);
  if (!data) return null;
  const title = t('cell.edit', { field: say(edited.field.label) });
  return (
    <Portal>
      <Popover
        opened
        position="bottom-start"
        offset={-height}
        withinPortal={false}
        withRoles={false}
        trapFocus
        closeOnClickOutside={false}
        width={Math.max(width, WIDTH_LEAST)}
      >
        <Popover.Target>
          <div className="cell-place" style={{ left, top, width, height }} />
        </Popover.Target>
        <Popover.Dropdown role="dialog" className="cell-editor" aria-label={title}>
          <Editing object={object} edited={edited} loaded={data} reload={reload} onEnd={onEnd} />
        </Popover.Dropdown>
      </Popover>
    </Portal>
  );
}

const WIDTH_LEAST = 260;

type EditingProps = Props & { readonly loaded: Loaded; readonly reload: () => Promise<Loaded> };

function Editing({ object, edited: { id, field }, loaded, reload, onEnd }: EditingProps) {
  const { t } = useTexts();
  const { Input } = useFieldUis()(field);
  const name = apiName(field);
  const [typed, setTyped] = useState<RecordValues>({});
  const [errors, setErrors] = useState<{ readonly [path: string]: string }>({});
  const [step, setStep] = useState<Step>(0);
  const state = statesOf(object, loaded.record, useCircumstances())(field);
  const whyNot = !mayEdit(object, loaded.record) ? t('cell.closed') : state.isVisible && !state.isReadOnly ? null : t('cell.closedByRule');
  const record = { ...loaded.record, ...typed };
  const form = { toSave: { [name]: record[name] }, reset: () => onEnd(step, true), setErrors };
  const saving = useSave({ object, id, loaded, form, reload });
  const box = useRef<HTMLDivElement>(null);
  const leave = (next: Step): void => {
    const isSame = JSON.stringify(record[name] ?? null) === JSON.stringify(loaded.record[name] ?? null);
    if (isSame || whyNot !== null) return onEnd(next, false);
    setStep(next);
    saving.save();
  };
  useLeft(box, () => leave(0), saving.conflict === null && !saving.isSaving);
  const wrong = errors[name] ?? errors[field.name] ?? Object.entries(errors).find(([path]) => path.startsWith(`${name}.`))?.[1];
  const said = wrong ?? (saving.failure ? saving.failure.error.message : undefined);
  return (
    <div ref={box} onKeyDown={(event) => follow(event, box.current, { leave, giveUp: () => onEnd(0, false) })}>
      {whyNot === null ? (
        <>
          <Input
            field={{ ...withOffered(field, state, record[name]), required: state.isRequired }}
            value={record[name]}
            record={record}
            isBare
            autoFocus
            error={said}
            onChange={(value) => {
              setErrors({});
              setTyped((before) => ({ ...before, [name]: value }));
            }}
            onChosen={(chosen) => setTyped((before) => ({ ...before, [name]: chosen?.['id'] ?? null, [field.name]: chosen }))}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t('cell.keys')}
          </Text>
        </>
      ) : (
        <Alert color="yellow" p="xs" role="alert" tabIndex={0} data-autofocus>
          {whyNot}
        </Alert>
      )}
      {saving.conflict && <ConflictDialog object={object} conflict={saving.conflict} onChoose={saving.resolve} onClose={saving.giveUp} />}
    </div>
  );
}

/** A click elsewhere leaves the cell as Enter does; what an input has opened is no elsewhere. */
function useLeft(box: { readonly current: HTMLElement | null }, leave: () => void, isOn: boolean): void {
  const left = useEffectEvent((event: MouseEvent) => {
    const { target } = event;
    if (!isOn || !(target instanceof Element) || box.current?.contains(target) || target.closest('[data-portal], .cell-editor')) return;
    leave();
  });
  useEffect(() => {
    const hear = (event: MouseEvent): void => left(event);
    document.addEventListener('mousedown', hear);
    return () => document.removeEventListener('mousedown', hear);
  }, []);
}

type Ways = { readonly leave: (step: Step) => void; readonly giveUp: () => void };

/** Esc, Enter and Tab, where the input has no use for them itself: an open choice takes Esc and Enter, and Tab goes through the parts of a value first. */
function follow(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null, { leave, giveUp }: Ways): void {
  const { target, key, shiftKey } = event;
  if (!(target instanceof HTMLElement) || !box?.contains(target)) return;
  const isOpen = target.getAttribute('aria-expanded') === 'true';
  if (key === 'Escape' && !isOpen) {
    event.stopPropagation();
    giveUp();
  }
  if (key === 'Enter' && !isOpen && target.tagName !== 'TEXTAREA') {
    event.preventDefault();
    leave(0);
  }
  if (key !== 'Tab') return;
  const stops = [...box.querySelectorAll<HTMLElement>('input, textarea, button, [tabindex="0"]')].filter((one) => one.tabIndex === 0);
  if (target !== (shiftKey ? stops[0] : stops.at(-1))) return;
  event.preventDefault();
  leave(shiftKey ? -1 : 1);
}
