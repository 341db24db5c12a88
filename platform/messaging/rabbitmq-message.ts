import type { ConsumeMessage } from 'amqplib';
import type { Unreadable } from './bus.ts';

/** A message that is no event, with the transport's headers as text: amqplib types none of its properties. */
export function unreadable(message: ConsumeMessage, reason: string): Unreadable {
  const properties: { readonly [name: string]: unknown } = { ...message.properties };
  const headers: { readonly [name: string]: unknown } = {
    routingKey: message.fields.routingKey,
    messageId: properties['messageId'],
    type: properties['type'],
    contentType: properties['contentType'],
    headers: properties['headers'] ?? {},
  };
  const told = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)] as const]));
  return { body: message.content.toString('utf8'), reason, headers: Object.fromEntries(told) };
}

/** The id that the publisher gave a message. */
export function messageIdOf(message: { readonly properties: unknown }): string {
  const { properties } = message;
  const id = typeof properties === 'object' && properties !== null && 'messageId' in properties ? properties.messageId : '';
  return textOf(id);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
