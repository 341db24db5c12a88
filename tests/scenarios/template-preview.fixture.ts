import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Installation } from '#tests/support/installation.ts';
import type { Sales } from '#tests/support/sales.ts';

/** What a template that is being written says of a record, or which of its names is none. */
export function previews(place: () => { readonly installation: Installation; readonly sales: Sales }): void {
  test('Templates are looked at on a real record while they are written', async () => {
    const { installation, sales } = place();
    const customer = await sales.create('/api/customers/customers', { name: 'Seen & tried', email: 'a@b.example' });
    const written = {
      about: 'customer',
      channel: 'sms',
      language: 'en',
      subject: '{{number}}',
      body: 'Dear {{name}},\n\nhello',
      record: customer.id,
    };
    const { body } = await installation.admin.post('/api/notifications/templates/actions/preview', written);
    assert.deepEqual(body.answer, { subject: customer.number, body: '<p>Dear Seen &amp; tried,</p><p>hello</p>' });
    const wrong = await installation.admin.post('/api/notifications/templates/actions/preview', { ...written, body: '{{nam}}' });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, '/body']);
  });
}
