import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { Problem, problemsByPath } from '#admin-ui/src/api/problem.ts';
import { changeRecord, type Loaded, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { RecordForm } from '#admin-ui/src/layout/record-form.ts';
import { useToSend } from '#admin-ui/src/layout/to-send.ts';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';

/** Somebody else changed the same fields meanwhile. `before` is the record as it was loaded. */
export type Conflict = {
  readonly before: RecordValues;
  readonly theirs: Loaded;
  readonly mine: RecordValues;
  readonly fields: readonly Field[];
};

export type Saving = {
  readonly save: () => void;
  readonly isSaving: boolean;
  readonly conflict: Conflict | null;
  /** The names of the fields in which mine is kept; in the others theirs is. */
  readonly resolve: (keptFields: ReadonlySet<string>) => void;
  readonly giveUp: () => void;
  /** Why it was not saved, and whether that is said of fields. */
  readonly failure: { readonly error: Error; readonly isAtField: boolean } | null;
};

type Options = {
  readonly object: BusinessObject;
  readonly id: string;
  readonly loaded: Loaded;
  readonly form: Pick<RecordForm, 'toSave' | 'reset' | 'setErrors'>;
  readonly reload: () => Promise<Loaded>;
};

type Attempt = { readonly values: RecordValues; readonly etag: string | null };

/**
 * Saves what was changed, for the version that was read. When somebody was faster: other fields merge silently,
 * the same field asks whose is kept.
 */
export function useSave({ object, id, loaded, form, reload }: Options): Saving {
  const { t, say } = useTexts();
  const toSend = useToSend(object);
  const client = useQueryClient();
  const { conflict, ask, giveUp, settle, isAskedAgain } = useConflict();
  const attempt = useMutation({
    mutationFn: async (asked: Attempt) => {
      const values = toSend(asked.values);
      try {
        await changeRecord(object, id, { values, etag: asked.etag });
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        const met = meet(object, loaded.record, { theirs: await reload(), mine: asked.values });
        if (met.fields.length > 0) return met;
        // No field in common: mine goes on top of theirs.
        await changeRecord(object, id, { values, etag: met.theirs.etag });
      }
      return null;
    },
    onSuccess: async (found) => {
      if (found) return ask(found);
      settle();
      await reload();
      form.reset();
      notifyDone(t('record.saved', { object: say(object.label) }));
      await client.invalidateQueries({ queryKey: ['title', object.name] });
    },
    onError: (error) => form.setErrors(problemsByPath(error)),
  });

  const { error } = attempt;
  const isAtField = error instanceof Problem && error.errors.length > 0;
  return {
    save: () => {
      if (!isAskedAgain(form.toSave, loaded)) attempt.mutate({ values: form.toSave, etag: loaded.etag });
    },
    isSaving: attempt.isPending,
    conflict,
    resolve: (kept) => {
      if (!conflict) return;
      const lost = new Set(conflict.fields.map(apiName).filter((name) => !kept.has(name)));
      const values = Object.fromEntries(Object.entries(conflict.mine).filter(([name]) => !lost.has(name)));
      settle();
      attempt.mutate({ values, etag: conflict.theirs.etag });
    },
    giveUp,
    failure: error === null ? null : { error, isAtField },
  };
}

/** The conflict that is to be decided. One that was closed undecided is still one: saving asks again, and does not overwrite what others did. */
function useConflict() {
  const [conflict, ask] = useState<Conflict | null>(null);
  const [undecided, setUndecided] = useState<Conflict | null>(null);
  return {
    conflict,
    ask,
    giveUp: () => {
      setUndecided(conflict);
      ask(null);
    },
    settle: () => {
      setUndecided(null);
      ask(null);
    },
    isAskedAgain: (mine: RecordValues, theirs: Loaded): boolean => {
      if (undecided?.fields.some((field) => apiName(field) in mine) !== true) return false;
      ask({ ...undecided, theirs, mine });
      return true;
    },
  };
}

/** The fields that both changed, with what each made of them. */
function meet(object: BusinessObject, before: RecordValues, sides: Pick<Conflict, 'theirs' | 'mine'>): Conflict {
  const fields = object.fields.filter((field) => {
    const name = apiName(field);
    const isTheirs = JSON.stringify(before[name] ?? null) !== JSON.stringify(sides.theirs.record[name] ?? null);
    return field.system !== true && name in sides.mine && isTheirs;
  });
  return { before, ...sides, fields };
}
