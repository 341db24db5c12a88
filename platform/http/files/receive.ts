import busboy from 'busboy';
import type { Request } from 'express';
import type { Database } from '#platform/data/database.ts';
import { FILE_BYTES_MAX, type StoredFile } from '#platform/files/file.ts';
import { storeFile, tooLarge } from '#platform/files/store-file.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** Where a received file goes, and on whose behalf. */
export type Receiving = {
  readonly database: Pick<Database, 'write'>;
  readonly by: string;
  /** Told of the other parts of the form; without it they are left aside. */
  readonly onField?: (name: string, value: string) => void;
};

/** Room for the boundaries and headers around a file. */
const ENVELOPE_BYTES = 64 * 1024;
const LIMITS = { files: 1, fields: 20, fieldSize: 10_000, parts: 30, headerPairs: 50, fileSize: FILE_BYTES_MAX + 1 };

/** Receives the one file of a multipart request while it comes, holding one chunk of it at a time. */
export async function receiveFile(request: Request, into: Receiving): Promise<StoredFile> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type))
    throw new Refusal(
      'unsupported_media_type',
      `Send the file as multipart/form-data, not ${type === '' ? 'without a type' : type.slice(0, 60)}.`,
    );
  if (Number(request.headers['content-length'] ?? 0) > FILE_BYTES_MAX + ENVELOPE_BYTES) throw tooLarge({ en: 'The file', de: 'Die Datei' });
  try {
    return await parsed(request, into);
  } finally {
    // What has not been read keeps the client from reading the answer.
    if (!request.readableEnded) request.resume();
  }
}

function parsed(request: Request, into: Receiving): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const parser = parserOf(request);
    let storing: Promise<StoredFile> | null = null;
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      reject(error instanceof Error ? error : incomplete());
    };
    parser.on('file', (_field, content, { filename }) => {
      // A stream that breaks ends the loop that reads it; without a listener it would end the process.
      content.on('error', () => undefined);
      storing = storeFile(into.database, { name: unescaped(filename ?? ''), by: into.by, content });
      storing.catch(fail);
    });
    parser.on('field', (name, value) => into.onField?.(name, value));
    parser.on('filesLimit', () => fail(new Refusal('malformed_request', 'Send one file at a time.')));
    parser.on('error', () => fail(incomplete()));
    parser.on('close', () => {
      if (storing) storing.then(resolve, fail);
      else fail(new Refusal('malformed_request', 'There is no file in this request. Send one part with a file name.'));
    });
    request.on('aborted', () => parser.destroy(incomplete()));
    request.pipe(parser);
  });
}

/** Forms write quotation marks and line breaks of a file name in this way, and nothing else (HTML standard, multipart encoding). */
function unescaped(name: string): string {
  return name.replaceAll('%22', '"').replace(/%0[AD]/gi, ' ');
}

function parserOf(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: LIMITS });
  } catch {
    throw new Refusal('malformed_request', {
      en: 'The upload cannot be read: send it as multipart/form-data, with the boundary in its content type.',
      de: 'Die Übertragung lässt sich nicht lesen: Senden Sie sie als multipart/form-data, mit der „boundary“ im Content-Type.',
    });
  }
}

function incomplete(): Refusal {
  return new Refusal('malformed_request', {
    en: 'The upload ended before the file was complete. Send it again.',
    de: 'Die Übertragung endete, bevor die Datei vollständig war. Senden Sie sie noch einmal.',
  });
}
