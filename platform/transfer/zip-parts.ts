import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ReportPart } from '#platform/kernel/report.ts';

/** Files of text as one archive, one after the other, as they are written and taken. */
export async function* zipBytes(parts: readonly ReportPart[]): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = Readable.from(zip.outputStream);
  const fail = (error: unknown): void => void output.destroy(error instanceof Error ? error : new Error(String(error)));
  let writing: Readable | null = null;
  const writeAll = async (): Promise<void> => {
    for (const { name, text } of parts) {
      const part = Readable.from(text, { objectMode: false });
      writing = part;
      zip.addReadStream(part, name);
      await finished(part);
    }
    zip.end();
  };
  writeAll().catch(fail);
  zip.on('error', fail);
  try {
    for await (const bytes of output) yield bytes;
  } finally {
    destroyed(writing);
    output.destroy();
  }
}

/** Whoever left while a file was written does not wait for the rest of it. */
function destroyed(stream: Readable | null): void {
  stream?.destroy();
}
