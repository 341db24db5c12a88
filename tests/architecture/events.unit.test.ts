import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asyncApiDocument } from '#platform/core/asyncapi.ts';
import { coreModule } from '#platform/core/module.ts';
import { lifeEvents } from '#platform/data/life/life-events.ts';
import { compileSchema } from '#platform/metadata/schema-compiler.ts';
import { loadStandard } from '#platform/metadata/load.ts';
import type { EventDefinition } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { modules } from '#tests/support/installation.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What other systems are promised; these names do not change. */
const PROMISED: { readonly [module: string]: readonly string[] } = {
  customers: ['CustomerCreated', 'CustomerUpdated', 'CustomerSuspended'],
  crm: ['LeadCreated', 'LeadConverted', 'OpportunityCreated', 'OpportunityClosed', 'ActivityCreated', 'TaskCompleted'],
  offers: ['OfferCreated'],
  orders: ['OrderCreated'],
  'delivery-notes': ['DeliveryNoteCreated'],
  invoices: ['InvoiceCreated'],
  payments: ['PaymentReceived', 'PaymentProcessed', 'PaymentFailed', 'RefundProcessed', 'ChargebackReceived'],
  accounting: ['TransactionPosted', 'GLUpdated', 'ReportGenerated'],
  audit: ['EventStored', 'ComplianceCheck', 'AuditReportGenerated'],
  platform: ['ObjectCreated', 'FieldAdded', 'LayoutUpdated', 'SchemaChanged'],
};

test('Every promised event is in the AsyncAPI document, with a JSON Schema of its data', async () => {
  const { objects } = await loadStandard(join(ROOT, 'metadata'));
  const document = asyncApiDocument({ objects, version: 1, modules }, systemCaller('platform').permissions);
  const { channels, components } = document;
  assert.ok(isRecord(channels) && isRecord(components) && isRecord(components['messages']));
  const { messages } = components;
  const promised = Object.entries(PROMISED).flatMap(([module, types]) => types.map((type) => `${module}.${type}`));
  assert.deepEqual(
    promised.filter((topic) => !(topic in channels) || !(topic in messages)),
    [],
  );
  const whole = JSON.stringify(document);
  const lost = [...whole.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path).filter((path) => !isThere(document, path));
  assert.deepEqual([...new Set(lost)], [], 'what it refers to is part of it');
});

test('The schema of every declared event compiles', () => {
  for (const { schema } of [...modules, coreModule].flatMap(({ events }) => events)) compileSchema(schema);
});

test('What a module declares it tells, and what it tells it declares', async () => {
  const problems: string[] = [];
  for (const module of modules) {
    const folder = join(ROOT, 'modules', module.name);
    const file = join(folder, 'events.ts');
    const exported: { readonly [name: string]: unknown } = existsSync(file) ? await import(file) : {};
    const code = globSync('**/*.ts', { cwd: folder })
      .filter((path) => path !== 'events.ts' && path !== 'module.ts' && !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join('\n');
    for (const [name, event] of Object.entries(exported)) {
      if (!isEvent(event)) continue;
      if (!module.events.includes(event)) problems.push(`${module.name} does not declare ${event.type} in its module.ts`);
      if (!isTold(code, name)) problems.push(`${module.name} declares ${event.type} and never tells it`);
    }
    for (const [, name = ''] of code.matchAll(/\.emit\(\s*(?:events\.)?(\w+)/g))
      if (exported[name] === undefined && !isPassed(code, name))
        problems.push(`${module.name} tells ${name}, which is none of its events.ts`);
  }
  assert.deepEqual(problems, []);
});

test('What every service and the core declare is told somewhere', () => {
  const code = globSync('platform/**/*.ts', { cwd: ROOT })
    .filter((path) => !/\.(test|fixture)\.ts$|-events\.ts$/.test(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
  const types = [...lifeEvents('any'), ...coreModule.events].map(({ type }) => type);
  const named = new Map([
    ['SchemaChanged', 'writeMetadataEvents'],
    ['LoginFailed', 'loginFailed.type'],
    ['SessionEnded', 'sessionEnded.type'],
  ]);
  const untold = types.filter((type) => !code.includes(`'${type}'`) && !code.includes(named.get(type) ?? `'${type}'`));
  assert.deepEqual(untold, []);
});

/** An event is told where it is handed to `emit`, or chosen to be: what only hears it does not count. */
function isTold(code: string, name: string): boolean {
  const heard = new RegExp(`\\bon(?:Event|Many)\\(\\s*${name}\\b`, 'g');
  const imported = /import[^;]*;/g;
  return new RegExp(`\\b${name}\\b`).test(code.replaceAll(heard, '').replaceAll(imported, ''));
}

/** A name that is no event itself but stands for one: a parameter or what was chosen. */
function isPassed(code: string, name: string): boolean {
  return new RegExp(`(?:const|[(,{]\\s*(?:readonly )?)\\s*${name}\\b\\s*[:=,}]`).test(code.replaceAll('.emit(', ''));
}

function isEvent(value: unknown): value is EventDefinition {
  return isRecord(value) && typeof value['type'] === 'string' && typeof value['module'] === 'string' && isRecord(value['schema']);
}

function isThere(document: unknown, path: string): boolean {
  return path.split('/').reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), document) !== undefined;
}
