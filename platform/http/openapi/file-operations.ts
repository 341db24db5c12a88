import { operationId, type Operation } from './route-operations.ts';
import { json, problems, ref, TEXT, UUID, type Part } from './shared.ts';

const FILE: Part = {
  type: 'object',
  required: ['id', 'name', 'type', 'size'],
  properties: { id: UUID, name: TEXT, type: TEXT, size: { type: 'integer' } },
};

/** Uploading and downloading, which every service has. */
export function fileOperations(base: string, tag: string): readonly Operation[] {
  const at = (path: string, method: string, described: Part): Operation => ({
    path,
    method,
    operation: { operationId: operationId(method, path), tags: [tag], ...described },
  });
  return [
    at(`${base}/files`, 'post', {
      summary: 'Upload a file of at most 25 MB; without a record that holds it, it goes after 24 hours',
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
            },
          },
        },
      },
      responses: {
        '201': { description: 'Stored', headers: { Location: ref('headers', 'Location') }, content: json(FILE) },
        ...problems(413, 415, 422),
      },
    }),
    at(`${base}/files/{id}`, 'get', {
      summary: 'Download a file, with the rights of the record that holds it',
      parameters: [
        ref('parameters', 'id'),
        { name: 'thumbnail', in: 'query', description: 'Of a picture: the longest edge in pixels.', schema: { type: 'integer' } },
        { name: 'download', in: 'query', description: 'To be saved, not shown.', schema: { type: 'boolean' } },
      ],
      responses: { '200': { description: 'The file', content: { 'application/octet-stream': {} } }, ...problems(404) },
    }),
  ];
}
