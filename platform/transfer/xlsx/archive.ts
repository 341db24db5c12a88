import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { damaged, xmlEvents, type XmlListener } from './xml-events.ts';

/** The parts of a spreadsheet by their names, each to be read as often as it is asked for. */
export type Archive = {
  readonly has: (name: string) => boolean;
  /** Reads a part as XML, yielding after each portion. A part that is not there has nothing to tell. */
  readonly read: (name: string, listener: XmlListener) => AsyncGenerator<void>;
};

const PARTS_MOST = 5_000;

/** Bytes of one part when it is unpacked. A sheet of ten million cells has half a gigabyte, and none of it is held. */
const PART_BYTES_MOST = 2 * 1024 ** 3;

/** Opens an archive. What its directory says of sizes is compared with what comes out; who packed more is refused. */
export async function openArchive(content: Buffer): Promise<Archive> {
  const zip = await fromBufferPromise(content, { lazyEntries: true, validateEntrySizes: true, autoClose: false }).catch(
    (error: unknown): never => {
      throw damaged(whyBroken(error));
    },
  );
  const entries = await entriesOf(zip);
  const read: Archive['read'] = async function* (name, listener) {
    const entry = entries.get(name.toLowerCase());
    if (!entry) return;
    if (entry.uncompressedSize > PART_BYTES_MOST)
      throw damaged({ en: 'it unfolds to more than 2 GB', de: 'sie ist entpackt größer als 2 GB' });
    const stream = await zip.openReadStreamPromise(entry).catch((error: unknown): never => {
      throw damaged(whyBroken(error));
    });
    try {
      yield* xmlEvents(unpacked(stream), listener);
    } finally {
      stream.destroy();
    }
  };
  return Object.freeze({ has: (name: string) => entries.has(name.toLowerCase()), read });
}

/** A part from its beginning to its end, for what is small. */
export async function readWhole(archive: Archive, name: string, listener: XmlListener): Promise<void> {
  for await (const _ of archive.read(name, listener));
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.toLowerCase(), entry);
      if (entries.size > PARTS_MOST)
        throw damaged({ en: `it has more than ${PARTS_MOST} parts`, de: `sie hat mehr als ${PARTS_MOST} Teile` });
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw damaged(whyBroken(error));
  }
  return entries;
}

async function* unpacked(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = await parts.next().catch((error: unknown): never => {
      throw damaged(whyBroken(error));
    });
    if (next.done === true) return;
    yield next.value;
  }
}

/** The libraries that unpack speak English alone; what they say most is said in both languages. */
function whyBroken(error: unknown): Sentence {
  const told = error instanceof Error ? error.message : '';
  return BROKEN.find(([said]) => said.test(told))?.[1] ?? { en: 'it is damaged', de: 'sie ist beschädigt' };
}

const BROKEN: readonly (readonly [said: RegExp, words: Sentence])[] = [
  [/end of central directory/i, { en: 'it is no ZIP archive, or not whole', de: 'sie ist kein ZIP-Archiv oder nicht vollständig' }],
  [/multi-disk/i, { en: 'it is one of several parts', de: 'sie ist nur einer von mehreren Teilen' }],
  [/encrypt/i, { en: 'it is encrypted', de: 'sie ist verschlüsselt' }],
  [/compression method/i, { en: 'it is packed in an unknown way', de: 'sie ist auf unbekannte Weise gepackt' }],
  [
    /too many bytes|not enough bytes/i,
    { en: 'a part of it has another size than it says', de: 'ein Teil darin hat eine andere Größe als angegeben' },
  ],
  [
    /relative path|absolute path|invalid characters/i,
    { en: 'a part of it has a wrong name', de: 'ein Teil darin hat einen falschen Namen' },
  ],
];
