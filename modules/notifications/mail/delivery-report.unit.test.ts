import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ownIdIn, reportIn } from './delivery-report.ts';

const ID = '0f2d1c3b-4a5e-8f60-8a7b-9c0d1e2f3a4b';

type Said = { readonly action?: string; readonly status?: string; readonly diagnostic?: string; readonly original?: string };

/** A notification as Postfix writes it. */
const notification = ({ action = 'failed', status = '5.1.1', diagnostic = 'smtp; 550 5.1.1 User unknown', original }: Said = {}): string =>
  [
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="5F2A.1600/mx.example"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--5F2A.1600/mx.example',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Action: delivered, says Message-ID: <11111111-1111-8111-8111-111111111111@evil.example>`,
    '',
    '--5F2A.1600/mx.example',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'Arrival-Date: Sat, 28 Nov 2026 00:00:00 +0000 (UTC)',
    '',
    'Final-Recipient: rfc822; gone@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic}`,
    '    rest of the line',
    '',
    '--5F2A.1600/mx.example',
    'Content-Type: text/rfc822-headers',
    '',
    'From: Northwind <post@tessera.example>',
    original ?? `Message-ID: <${ID}@tessera.example>`,
    '',
    '--5F2A.1600/mx.example--',
  ].join('\r\n');

const report = (mail: string) => reportIn(Buffer.from(mail));

describe('A delivery status notification', () => {
  test('says by its action and status what became of the message whose headers it has', async () => {
    assert.deepEqual(await report(notification()), {
      messageId: ID,
      receipt: { kind: 'bounced', reason: '550 5.1.1 User unknown rest of the line' },
    });
    const kindOf = async (said: Said): Promise<unknown> => (await report(notification(said)))?.receipt.kind;
    assert.equal(await kindOf({ action: 'failed', status: '4.4.7' }), 'returned');
    assert.equal(await kindOf({ action: 'delayed', status: '4.2.2' }), 'delayed');
    assert.equal(await kindOf({ action: 'delivered', status: '2.0.0' }), 'delivered');
    assert.equal(await kindOf({ action: 'Failed (mailbox)', status: '5.2.1' }), 'bounced');
    assert.equal(await kindOf({ action: 'relayed', status: '2.1.9' }), undefined);
  });

  test('is read with lines that end as on Unix, and with encoded parts', async () => {
    assert.equal((await report(notification().replaceAll('\r\n', '\n')))?.messageId, ID);
    const encoded = Buffer.from('Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.0.0\n').toString('base64');
    const mail = `Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${encoded}\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <${ID}@x>\n\nhello\n--b--`;
    assert.deepEqual(await report(mail), { messageId: ID, receipt: { kind: 'bounced', reason: '5.0.0' } });
  });

  test('without the headers of the message is known by what it answers', async () => {
    const answering = `In-Reply-To: <${ID}@tessera.example>\r\n${notification({ original: 'X-None: 1' })}`;
    assert.equal((await report(answering))?.messageId, ID);
    assert.equal(await report(notification({ original: 'Message-ID: <else@example.org>' })), null);
  });

  test('that is a complaint says so', async () => {
    const mail = (type: string): string =>
      `Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <${ID}@x>\n\n--b--`;
    assert.equal((await report(mail('abuse')))?.receipt.kind, 'complained');
    assert.equal(await report(mail('not-spam')), null);
  });
});

describe('A hostile one', () => {
  test('says nothing, soon', async () => {
    const size = 1_000_000;
    const began = performance.now();
    const heads = [
      'Content-Type: multipart/report; boundary=b\n\n',
      'Content-Type: multipart/mixed; boundary="b',
      'From: a\n',
      'Content-Type: text/html\n\n',
      '',
      ' folded\n',
    ];
    const pieces = [
      '--b\n',
      '--b\n--b--\n',
      '--b\n\n',
      '\n',
      '\r\n\r\n',
      'a:b\n',
      ' \n\t\n',
      '--b\nContent-Type: message/delivery-status\n\n',
      '=0\n=41',
      ': ',
      '(',
      '"',
      '&lt;',
      '=?utf-8?q?a?= ',
      ' ;a*0=b',
      '<',
      '\n\n \n',
    ];
    for (const head of heads)
      for (const piece of pieces) assert.equal(await report(head + piece.repeat(Math.floor(size / piece.length))), null);
    const nested = Array.from({ length: 2_000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`).join('');
    assert.equal(await report(nested), null);
    assert.equal(ownIdIn([`<${'a-'.repeat(size / 2)}@`]), null);
    assert.ok(performance.now() - began < 5_000, `took ${performance.now() - began} ms`);
  });

  test('that has more headers or parts than a report has, or is nested deeper, says nothing', async () => {
    assert.equal(await report(`From: ${'<'.repeat(90_000)}\r\n${notification()}`).then((one) => one?.messageId), ID);
    assert.equal(await report('X-More: yes\r\n'.repeat(10_000) + notification()), null);
    const many = notification().replaceAll('Content-Type: text/rfc822', '\r\n--5F2A.1600/mx.example\r\nContent-Type: text/rfc822');
    assert.equal((await report(many))?.messageId, ID);
    const parts = '--5F2A.1600/mx.example\r\nContent-Type: text/x\r\n\r\n\r\n'.repeat(60);
    assert.equal(await report(notification().replace('--5F2A', `${parts}--5F2A`)), null);
  });

  test('cannot say by a second header of a name what the first did not', async () => {
    const twice = notification({
      status: '4.2.2\r\nStatus: 5.1.1',
      original: `Message-ID: <${ID}@x>\r\nMessage-ID: <${ID.replaceAll('0', '1')}@x>`,
    });
    assert.deepEqual([(await report(twice))?.messageId, (await report(twice))?.receipt.kind], [ID, 'returned']);
  });
});
