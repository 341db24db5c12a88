import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { runCommand, type RecordValues } from '#admin-ui/src/api/records.ts';

/** What is done with every record: values that it gets, or a command that it goes through. */
export type Deed = { readonly values: RecordValues } | { readonly command: CommandDefinition; readonly input: RecordValues };

/** A record that refused, and the server's reason. */
export type Refused = { readonly id: string; readonly reason: string };

/** How far it is, and what refused so far. */
export type Progress = { readonly done: number; readonly refused: readonly Refused[] };

/** Something done with many records, a piece at a time: what refuses is reported and keeps none of the others back. */
export type Many = {
  readonly progress: Progress;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  readonly error: Error | null;
  readonly start: (deed: Deed) => void;
  /** Ends after the piece that is under way. */
  readonly stop: () => void;
};

const PIECE = 50;
const NOTHING_YET: Progress = { done: 0, refused: [] };

export function useMany(object: BusinessObject, ids: readonly string[]): Many {
  const [progress, setProgress] = useState(NOTHING_YET);
  const isStopped = useRef(false);
  const run = useMutation({
    mutationFn: async (deed: Deed) => {
      isStopped.current = false;
      setProgress(NOTHING_YET);
      const size = 'command' in deed ? 1 : PIECE;
      for (let at = 0; at < ids.length && !isStopped.current; at += size) {
        const piece = ids.slice(at, at + size);
        const refused = await does(object, piece, deed);
        setProgress((before) => ({ done: before.done + piece.length, refused: [...before.refused, ...refused] }));
      }
    },
  });
  return {
    progress,
    isRunning: run.isPending,
    isDone: run.isSuccess,
    error: run.error,
    start: (deed) => run.mutate(deed),
    stop: () => {
      isStopped.current = true;
    },
  };
}

function does(object: BusinessObject, ids: readonly string[], deed: Deed): Promise<readonly Refused[]> {
  return 'command' in deed ? commanded(object, ids, deed) : changed(object, ids, deed.values);
}

async function commanded(
  object: BusinessObject,
  ids: readonly string[],
  { command, input }: { readonly command: CommandDefinition; readonly input: RecordValues },
): Promise<readonly Refused[]> {
  const answers = await Promise.allSettled(ids.map((id) => runCommand(object, id, { name: command.name, input })));
  return answers.flatMap((answer, index) =>
    answer.status === 'rejected' ? [{ id: ids[index] ?? '', reason: answer.reason instanceof Error ? answer.reason.message : '' }] : [],
  );
}

type Result = { readonly status: number; readonly problem?: { readonly [name: string]: unknown } };

async function changed(object: BusinessObject, ids: readonly string[], values: RecordValues): Promise<readonly Refused[]> {
  const operations = ids.map((id) => ({ op: 'update', id, record: values }));
  const { results } = await askFor<{ results: readonly Result[] }>(`${recordsPath(object)}/bulk`, {
    method: 'POST',
    body: { atomic: false, operations },
  });
  return results.flatMap(({ status, problem }, index) =>
    problem === undefined ? [] : [{ id: ids[index] ?? '', reason: new Problem(status, problem).message }],
  );
}
