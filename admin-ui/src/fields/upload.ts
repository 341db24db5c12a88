import { Problem } from '../api/problem.ts';
import { partsOf } from './parts.ts';

/** A file as records have it. `preview` is a picture to show in its place, where it is not a file of a record. */
export type FileValue = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly preview?: string;
};

/** Where a file of a module is read from; `thumbnail` is an edge in pixels. */
export function fileUrl(module: string, id: string, thumbnail?: 96 | 320 | 1200): string {
  return `/api/${module}/files/${encodeURIComponent(id)}${thumbnail === undefined ? '' : `?thumbnail=${thumbnail}`}`;
}

/** The value of a file field; null where there is none. */
export function fileOf(value: unknown): FileValue | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return null;
  const named = 'name' in value && typeof value.name === 'string' ? value.name : value.id;
  const type = 'type' in value && typeof value.type === 'string' ? value.type : '';
  const preview = 'preview' in value && typeof value.preview === 'string' ? { preview: value.preview } : {};
  return { id: value.id, name: named, type, size: 'size' in value ? Number(value.size) : 0, ...preview };
}

/** `1.2 MB` or `13 byte` in the reader's own form. */
export function formatSize(bytes: number, language: string): string {
  const [amount, unit] = bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(amount);
}

/** Uploads a file and tells how far it has come, from 0 to 1. Throws a Problem. Only XMLHttpRequest tells how much has been sent. */
export function uploadFile(module: string, file: File, onProgress: (share: number) => void): Promise<FileValue> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/${module}/files`);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => onProgress(event.total === 0 ? 0 : event.loaded / event.total));
    request.addEventListener('load', () => {
      const stored = request.status === 201 ? fileOf(request.response) : null;
      if (stored) resolve(stored);
      else reject(new Problem(request.status, partsOf(request.response)));
    });
    request.addEventListener('error', () => reject(new Problem(0, { code: 'unreachable' })));
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
