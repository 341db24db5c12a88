/** A start that cannot succeed: one sentence that says why and what to do. */
export class StartError extends Error {}

/** The sentence for a system error of the file system or a socket; the error's own words where there is no better one. A StartError stays. */
export function sentenceOf(error: unknown, what: string): StartError {
  if (error instanceof StartError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const sentences: { readonly [code: string]: string } = {
    ENOSPC: 'The disk is full. Free some space and start again; nothing that was saved is lost.',
    EACCES: `${what} is not accessible for this user. Change its owner, or set TESSERA_DATA to a folder of yours.`,
    EPERM: `${what} is not accessible for this user. Change its owner, or set TESSERA_DATA to a folder of yours.`,
    EEXIST: `${what} is not a folder. Set TESSERA_DATA to one.`,
    ENOTDIR: `${what} is not a folder. Set TESSERA_DATA to one.`,
    EROFS: `${what} is on a read-only file system. Set TESSERA_DATA to a folder that can be written.`,
  };
  return new StartError(sentences[code] ?? `${what}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

/** Whether a server's words mean that the disk is full. */
export function meansFullDisk(said: string): boolean {
  return /No space left on device|Check free disk space/.test(said);
}
