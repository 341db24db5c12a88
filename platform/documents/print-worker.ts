import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler, PdfStandard, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { PAGES_MAX, type PrintAnswer, type PrintJob, type PrintProblem } from './print-job.ts';
import { typstWords } from './typst-words.ts';

/** A folder that is not there: a template finds the files that stand in memory, and no others. */
const SHEET = join(import.meta.dirname, 'sheet');
const MAIN = join(SHEET, 'main.typ');
const KEPT_RUNS = 10;

const compiler = NodeCompiler.create({ workspace: SHEET, fontArgs: [{ fontPaths: [join(import.meta.dirname, 'fonts')] }] });
const letter = readFileSync(join(import.meta.dirname, 'letter.typ'));

parentPort?.on('message', (job: PrintJob) => parentPort?.postMessage(answerTo(job), []));

function answerTo(job: PrintJob): PrintAnswer {
  try {
    return printed(job);
  } catch (error) {
    return { problem: { said: firstSentence(error), line: null } };
  } finally {
    compiler.evictCache(KEPT_RUNS);
  }
}

function printed(job: PrintJob): PrintAnswer {
  compiler.resetShadow();
  compiler.mapShadow(join(SHEET, 'letter.typ'), letter);
  compiler.mapShadow(join(SHEET, 'data.json'), Buffer.from(JSON.stringify(job.data)));
  for (const { name, bytes } of job.pictures) compiler.mapShadow(join(SHEET, name), Buffer.from(bytes));
  compiler.mapShadow(MAIN, Buffer.from(job.source));
  const run = compiler.compile({ mainFilePath: MAIN, resetRead: true });
  if (!run.result) {
    const error = run.takeError() ?? run.takeDiagnostics();
    return { problem: problemOf(error ? compiler.fetchDiagnostics(error) : []) };
  }
  const pages = run.result.numOfPages;
  if (pages > PAGES_MAX) return { problem: { said: tooLong(pages), line: null } };
  const bytes = job.as === 'svg' ? Buffer.from(compiler.plainSvg(run.result)) : pdfOf(run.result, job.atSeconds);
  return { bytes, pages };
}

/** For the archive (PDF/A-3) where every sign has a glyph; else an ordinary PDF, in which what no font has is an empty box. */
function pdfOf(document: NodeTypstDocument, atSeconds: number): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: PdfStandard.A_3b, creationTimestamp: atSeconds });
  } catch {
    return compiler.pdf(document, { creationTimestamp: atSeconds });
  }
}

/** The first thing that is wrong, and the line of the template that led there. */
function problemOf(diagnostics: readonly unknown[]): PrintProblem {
  const all = diagnostics.filter(isRecord);
  const wrong = all.find((one) => one['severity'] === 1) ?? all[0];
  const place = all.find((one) => one['path'] === MAIN && isRecord(one['range']))?.['range'];
  const start = isRecord(place) && isRecord(place['start']) ? Number(place['start']['line']) + 1 : null;
  return { said: sentenceOf(plainText(wrong?.['message'] ?? 'it could not be read')), line: start };
}

/** What the typesetter says, without our folders, as a sentence in both languages. */
function sentenceOf(message: string): Sentence {
  if (message.includes('package')) return NO_PACKAGES;
  if (/file not found|failed to load file|access denied/.test(message)) return NO_FILES;
  return typstWords(message.replaceAll(SHEET, '').slice(0, 500));
}

const NO_PACKAGES: Sentence = {
  en: 'A template imports no packages; write what it needs into it.',
  de: 'Eine Vorlage bindet keine Pakete ein; schreiben Sie hinein, was sie braucht.',
};
const NO_FILES: Sentence = {
  en: 'A template reads no files but letter.typ and its own values.',
  de: 'Eine Vorlage liest keine Dateien außer letter.typ und ihren eigenen Werten.',
};

function tooLong(pages: number): Sentence {
  return {
    en: `It has ${pages} pages; a document has at most ${PAGES_MAX}.`,
    de: `Sie ergibt ${pages} Seiten; ein Beleg hat höchstens ${PAGES_MAX}.`,
  };
}

function firstSentence(error: unknown): Sentence {
  const said =
    /message: "((?:[^"\\]|\\.)*)"/.exec(String(error))?.[1] ?? (error instanceof Error ? error.message : 'It could not be printed');
  return sentenceOf(said);
}
