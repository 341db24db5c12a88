import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { jsonFault } from '#platform/kernel/json-fault.ts';

/** Bytes of an ordinary body, and of bulk requests and queries. */
const BODY_MAX = 1024 * 1024;
export const BULK_BODY_MAX = 16 * 1024 * 1024;
const DEPTH_MAX = 40;

const texts = new WeakMap<Request, Promise<string>>();

/** The body as text, however often it is asked for; refused (413) as soon as it is longer than allowed. */
function readText(request: Request, maximum = BODY_MAX): Promise<string> {
  const known = texts.get(request);
  if (known) return known;
  const reading = readOnce(request, maximum);
  texts.set(request, reading);
  return reading;
}

/** Whether a request can be answered once more: its body has not been touched, or is kept. */
export function isRepeatable(request: Request): boolean {
  return !request.readableDidRead || texts.has(request);
}

/** The body as it came, byte by byte. */
export function readBytes(request: Request, maximum = BODY_MAX): Promise<Uint8Array> {
  return gathered(request, maximum);
}

async function readOnce(request: Request, maximum: number): Promise<string> {
  const body = await gathered(request, maximum);
  if (isUtf8(body)) return body.toString('utf8');
  throw new Refusal('malformed_request', 'The body is not UTF-8. Send it as UTF-8.');
}

function gathered(request: Request, maximum: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maximum) return Promise.reject(tooLarge(maximum));
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!/^identity$/i.test(encoding))
    return Promise.reject(new Refusal('unsupported_media_type', `Send the body as it is, not ${encoding.slice(0, 60)}.`));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= maximum) return void parts.push(part);
      request.pause();
      reject(tooLarge(maximum));
    });
    request.on('end', () => {
      const [first = Buffer.of(), ...others] = parts;
      resolve(others.length === 0 ? first : Buffer.concat(parts));
    });
    request.on('error', () => reject(new Refusal('malformed_request', 'The request ended before its body was complete.')));
  });
}

/** The body as a JSON object; an empty one is `{}`. Refuses other media types (415), broken JSON and nesting that is too deep (400). */
export async function readObject(request: Request, maximum = BODY_MAX): Promise<{ readonly [key: string]: unknown }> {
  const value = await readJson(request, maximum);
  if (!isRecord(value)) throw new Refusal('malformed_request', 'Send a JSON object.');
  return value;
}

async function readJson(request: Request, maximum: number): Promise<unknown> {
  const text = await readText(request, maximum);
  if (text === '') return {};
  const type = request.headers['content-type'] ?? 'application/json';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw new Refusal('unsupported_media_type', `Send JSON (application/json), not ${type.slice(0, 60)}.`);
  if (isTooDeep(text))
    throw new Refusal('malformed_json', {
      en: `The JSON is nested more than ${DEPTH_MAX} levels deep.`,
      de: `Das JSON ist mehr als ${DEPTH_MAX} Ebenen tief verschachtelt.`,
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    const { en, de } = jsonFault(text, error);
    throw new Refusal('malformed_json', {
      en: `The body is not valid JSON: ${en}.`,
      de: `Der Inhalt des Aufrufs ist kein gültiges JSON: ${de}.`,
    });
  }
}

/** Counted in the text, before anything recursive sees it. Short texts cannot be deep. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 92) at += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > DEPTH_MAX) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

function tooLarge(maximum: number): Refusal {
  return new Refusal('too_large', `The body is larger than ${Math.round(maximum / 1024 / 1024)} MB. Send it in parts.`);
}
