import { attachFile, detachFile, listAttachments } from '#platform/data/life/attachments.ts';
import { addComment, deleteComment, editComment, listComments } from '#platform/data/life/comments.ts';
import { readTimeline } from '#platform/data/life/timeline.ts';
import { shown } from '#platform/data/names.ts';
import { readSource } from '#platform/data/read/source.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { readObject } from '../body.ts';
import { pathParameter } from '../request.ts';
import { idOf, once, type Body } from './answer.ts';
import { sendJson, type Call } from './call.ts';
import { limitOf, parameters } from './parameters.ts';

const PAGE = 50;

/** GET …/{id}/timeline: changes, comments and files in their order, newest first. */
export async function timeline(call: Call): Promise<void> {
  const given = parameters(call.request, ['cursor', 'limit']);
  const page = { cursor: given['cursor'], limit: limitOf(given['limit'], PAGE) };
  sendJson(call.response, 200, await readTimeline(readSource(call.api.store, call.caller), call.object, idOf(call), page));
}

/** GET …/{id}/comments. */
export async function comments(call: Call): Promise<void> {
  const given = parameters(call.request, ['cursor', 'limit']);
  const page = { id: idOf(call), cursor: given['cursor'], limit: limitOf(given['limit'], PAGE) };
  sendJson(call.response, 200, await listComments(readSource(call.api.store, call.caller), call.object, page));
}

/** POST …/{id}/comments: 201 and the comment. */
export async function comment(call: Call): Promise<void> {
  parameters(call.request, []);
  const body = await only(call, ['text']);
  await once(call, body, async (transaction) => {
    const added = await addComment(call.api.store, call.caller, { ...recordOf(call), text: body['text'] }, transaction);
    const Location = `${call.request.baseUrl}${call.request.path}/${added.id}`;
    return { status: 201, headers: { Location }, body: JSON.stringify(added) };
  });
}

/** PATCH …/{id}/comments/{comment}. */
export async function changeComment(call: Call): Promise<void> {
  parameters(call.request, []);
  const { text } = await only(call, ['text']);
  const at = { ...recordOf(call), comment: pathParameter(call.request, 'comment'), text };
  sendJson(call.response, 200, JSON.stringify(await editComment(call.api.store, call.caller, at)));
}

/** DELETE …/{id}/comments/{comment}. */
export async function removeComment(call: Call): Promise<void> {
  parameters(call.request, []);
  await deleteComment(call.api.store, call.caller, { ...recordOf(call), comment: pathParameter(call.request, 'comment') });
  call.response.writeHead(204).end();
}

/** GET …/{id}/files: what is attached. */
export async function attachments(call: Call): Promise<void> {
  parameters(call.request, []);
  sendJson(call.response, 200, await listAttachments(readSource(call.api.store, call.caller), call.object, idOf(call)));
}

/** POST …/{id}/files `{id}`: attaches what was uploaded to `/files`. */
export async function attach(call: Call): Promise<void> {
  parameters(call.request, []);
  const body = await only(call, ['id']);
  await once(call, body, async (transaction) => {
    const attached = await attachFile(call.api.store, call.caller, { ...recordOf(call), file: body['id'] }, transaction);
    const Location = `/api/${call.api.store.module.name}/files/${attached.id}`;
    return { status: 201, headers: { Location }, body: JSON.stringify(attached) };
  });
}

/** DELETE …/{id}/files/{file}: takes it off the record. */
export async function detach(call: Call): Promise<void> {
  parameters(call.request, []);
  await detachFile(call.api.store, call.caller, { ...recordOf(call), file: pathParameter(call.request, 'file') });
  call.response.writeHead(204).end();
}

function recordOf(call: Call): Pick<Call, 'object'> & { readonly id: string } {
  return { object: call.object, id: idOf(call) };
}

/** The body, which has no other keys than these. */
async function only(call: Call, known: readonly string[]): Promise<Body> {
  const body = await readObject(call.request);
  const wrong = Object.keys(body).find((key) => !known.includes(key));
  if (wrong !== undefined) throw new Refusal('unknown_name', `There is no key ${shown(wrong)} here.${didYouMean(wrong, known)}`);
  return body;
}
