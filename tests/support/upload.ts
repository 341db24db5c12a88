import type { Answer, Client } from './client.ts';

/** Uploads a file to a service as a form does. `type` is what the sender claims. */
export async function upload(
  client: Client,
  module: string,
  file: { readonly name: string; readonly content: string | Uint8Array<ArrayBuffer>; readonly type?: string },
): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([file.content], { type: file.type ?? 'application/octet-stream' }), file.name);
  const response = await fetch(`${client.url}/api/${module}/files`, {
    method: 'POST',
    headers: client.token === '' ? {} : { authorization: `Bearer ${client.token}` },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
