import type { Answer } from './client.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';

/** Messages about a record, once there are so many of them. */
export async function messagesOf(installation: Installation, object: string, id: string, count = 1): Promise<Answer['body'][]> {
  const filter = encodeURIComponent(JSON.stringify({ record: { eq: `${object}/${id}` } }));
  return eventually(`messages about ${object}`, async () => {
    const { body } = await installation.admin.get(`/api/notifications/messages?filter=${filter}&sort=createdAt`);
    return body.items?.length >= count && body.items;
  });
}
