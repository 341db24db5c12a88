import { useMutation } from '@tanstack/react-query';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { changeRecord, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useCircumstances } from '#admin-ui/src/fields/field-rules.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { instantOn } from './month.ts';

/** How records come to stand on another day. */
export type CalendarMoves = {
  readonly mayMove: boolean;
  readonly move: (record: RecordValues, day: string) => void;
};

/** A day is written as it is; an instant keeps its hour. A record that somebody changed meanwhile stays, and the server says so. */
export function useCalendarMoves({ object, by, onMoved }: { object: BusinessObject; by: Field; onMoved: () => void }): CalendarMoves {
  const { timeZone } = useCircumstances();
  const change = useMutation({
    mutationFn: ({ record, day }: { record: RecordValues; day: string }) => {
      const value = by.type === 'date' ? day : instantOn(day, textOf(record[by.name]), timeZone);
      return changeRecord(object, textOf(record['id']), { values: { [by.name]: value }, etag: `"${textOf(record['version'])}"` });
    },
    onError: notifyFailure,
    onSettled: onMoved,
  });
  return {
    mayMove: object.permissions.edit && by.editable,
    move: (record, day) => change.mutate({ record, day }),
  };
}
