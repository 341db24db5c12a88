import type { Begin, Work } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** Ends a transaction that is to leave nothing behind, with what it has found out. */
class Found extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('Nothing of this is kept.');
    this.answer = answer;
  }
}

/** Does a piece of work, answers what came of it, and takes all of it back. */
export async function takenBackAfter<T>(begin: Begin, run: (work: Work) => Promise<T>): Promise<T> {
  try {
    return await begin(async (work) => {
      throw new Found(await run(work));
    });
  } catch (error) {
    if (error instanceof Found) return trusted<T>(error.answer);
    throw error;
  }
}
