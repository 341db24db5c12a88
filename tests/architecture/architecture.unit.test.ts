import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { findViolations } from './violations.ts';

test('The house keeps its order: rooms, library homes, specifiers and casts', () => {
  assert.deepEqual(findViolations(join(import.meta.dirname, '..', '..')), []);
});

/** [file, its text, what must be said about it] */
type Plant = readonly [path: string, text: string, says: RegExp];

const FORBIDDEN: readonly Plant[] = [
  ['platform/kernel/a.ts', "import '#platform/metadata/b.ts';", /kernel stands below metadata/],
  ['platform/metadata/a.ts', "import '../cache/b.ts';", /metadata stands below cache/],
  ['platform/cache/a.ts', "import '#platform/data/b.ts';", /cache stands below data/],
  ['platform/data/a.ts', "import type { B } from '#platform/messaging/b.ts';", /data stands below messaging/],
  ['platform/messaging/a.ts', "export * from '#platform/jobs/b.ts';", /messaging stands below jobs/],
  ['platform/jobs/a.ts', "export { b } from '#platform/files/b.ts';", /jobs and files stand side by side/],
  ['platform/transfer/a.ts', "import '#platform/documents/b.ts';", /transfer stands below documents/],
  ['platform/documents/a.ts', "import '#platform/access/b.ts';", /documents stands below access/],
  ['platform/access/a.ts', "const b = await import('#platform/http/b.ts');", /access stands below http/],
  ['platform/http/a.ts', "type B = import('#platform/core/b.ts').B;", /http stands below core/],
  ['platform/core/a.ts', "import '#platform/gateway/b.ts';", /core and gateway stand side by side/],
  ['platform/gateway/a.ts', "import '../service.ts';", /gateway stands below service\.ts/],
  ['platform/service.ts', "import './main.ts';", /service\.ts stands below main\.ts/],
  ['platform/attic/a.ts', "import '#platform/kernel/b.ts';", /attic has no place/],
  ['platform/core/a.ts', "import '#platform/config.ts';", /config\.ts is imported by main\.ts alone/],
  ['platform/service.ts', "import './embedded/b.ts';", /embedded is imported by main\.ts alone/],
  ['platform/embedded/a.ts', "import '#platform/data/b.ts';", /embedded imports the kernel alone/],
  ['platform/core/a.ts', "import '#modules/offers/module.ts';", /platform\/ imports its own files only/],
  ['platform/main.ts', "import '#modules/offers/module.ts';", /platform\/ imports its own files only/],
  ['platform/core/a.ts', "import { names } from '#metadata/records.gen.ts';", /nothing but types/],
  ['platform/data/a.ts', "import '#tests/support/services.ts';", /only tests import test files/],
  ['platform/data/a.ts', "import '#metadata/b.ts';", /its own files only/],
  ['platform/data/a.ts', "import './b.fixture.ts';", /only tests import test files/],
  ['platform/data/a.ts', "import './fixture/b.ts';", /only tests import test files/],
  ['modules/offers/a.ts', "import '#platform/data/b.ts';", /a module imports the kernel/],
  ['modules/offers/a.ts', "import '#modules/orders/module.ts';", /a module imports the kernel/],
  ['modules/offers/a.ts', "import '../index.ts';", /a module imports the kernel/],
  ['modules/index.ts', "import './offers/rules/a.ts';", /is a list/],
  ['modules/offers/a.ts', "import { readFile } from 'node:fs/promises';", /through its Work/],
  ['modules/offers/rules/a.ts', "import '../events.ts';", /rules are pure/],
  ['modules/offers/rules/a.ts', "import '#modules/orders/events.ts';", /rules are pure/],
  ['modules/offers/rules/a.ts', "import { x } from '#metadata/records.gen.ts';", /rules are pure/],
  ['metadata/a.ts', "import '#modules/offers/module.ts';", /metadata\/ imports nothing but the kernel/],
  ['admin-ui/src/a.tsx', "import { x } from '#platform/kernel/b.ts';", /of the kernel types and the rules/],
  ['platform/kernel/conditions/a.ts', "import { x } from '../decimal.ts';", /what the screens follow too/],
  ['admin-ui/src/a.tsx', "import type { X } from '#platform/data/b.ts';", /of the kernel types and the rules/],
  ['platform/core/a.ts', "import express from 'express';", /express lives in platform\/http and platform\/gateway/],
  ['platform/messaging/a.ts', "import type { Pool } from 'pg';", /pg lives in platform\/data/],
  ['platform/core/a.ts', "import '@mikro-orm/core';", /lives in platform\/data/],
  ['modules/orders/a.ts', "import nodemailer from 'nodemailer';", /lives in modules\/notifications/],
  ['platform/http/a.ts', "import { useState } from 'react';", /lives in admin-ui/],
  ['platform/kernel/a.ts', "import 'node:fs';", /kernel is pure/],
  ['platform/http/a.ts', "import 'left-pad';", /has no home yet/],
  ['platform/kernel/a.ts', "import pino from 'pino';", /one file of platform/],
  ['platform/http/a.ts', "import 'fs';", /written node:/],
  ['platform/http/deep/er/a.ts', "import '../../b.ts';", /leaves one folder at most/],
  ['platform/http/a.ts', "import '#platform/http/x/../b.ts';", /written straight/],
  ['platform/http/a.ts', "import './b';", /file ending/],
  ['platform/http/a.ts', "import './b.js';", /file ending/],
  ['platform/http/a.ts', 'export const b = 1 as unknown;', /casts with `as`/],
  ['tests/a.ts', 'export const b = <unknown>1;', /casts with `as`/],
  ['modules/offers/a.ts', "throw new Refusal('conflict', `Only ${1}.`);", /in English alone/],
  ['platform/transfer/a.ts', "throw new Refusal('conflict', 'No.');", /in English alone/],
  ['platform/core/a.ts', 'export const b = 1; // oxlint-disable-line no-magic-numbers', /silences the linter/],
  ['admin-ui/src/a.tsx', '/* eslint-disable no-console -- why not */', /silences the linter/],
];

const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  ['platform/main.ts', "import '#modules/index.ts'; import './config.ts'; import './embedded/postgres.ts';"],
  ['platform/core/a.ts', "import express from '#platform/http/b.ts'; import './c.ts'; import 'node:fs';"],
  ['platform/config.ts', "import './kernel/services.ts';"],
  ['platform/data/a.test.ts', "import '#tests/support/services.ts'; import './b.fixture.ts'; import fc from 'fast-check';"],
  ['platform/data/pool.ts', "import pg from 'pg'; import { MikroORM } from '@mikro-orm/postgresql';"],
  ['modules/index.ts', "import { offers } from './offers/module.ts';"],
  ['modules/offers/a.ts', "import '#platform/kernel/b.ts'; import './rules/c.ts'; import '#modules/orders/events.ts';"],
  ['modules/offers/rules/a.ts', "import '#platform/kernel/b.ts'; import './c.ts'; import type { Offer } from '#metadata/records.gen.ts';"],
  ['platform/kernel/seam.ts', 'export const b = 1 as unknown;'],
  ['modules/offers/a.ts', "throw new Refusal('conflict', { en: 'No.', de: 'Nein.' });"],
  ['platform/core/a.ts', "// Nobody may write oxlint-disable here.\nexport const b = 'eslint-disable';"],
  ['platform/core/a.ts', "throw new Refusal('malformed_request', 'No.');"],
  ['platform/http/a.ts', "export const b = ['c'] as const; import { d as e } from './d.ts';"],
  ['admin-ui/src/a.tsx', "import type { X } from '#platform/kernel/b.ts'; import './a.css'; import 'react-dom/client';"],
  ['admin-ui/src/a.tsx', "import { x } from '#platform/kernel/conditions/b.ts';"],
  ['platform/kernel/conditions/a.ts', "import { x } from '../json.ts'; import type { Y } from '../decimal.ts';"],
  ['tests/a.ts', "import '#platform/embedded/postgres.ts'; import pg from 'pg';"],
];

describe('A planted violation is reported:', () => {
  for (const [path, text, says] of FORBIDDEN) {
    test(`${path}: ${text}`, () => {
      const found = violationsIn({ [path]: `\n${text}\n` });
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', says);
      assert.ok(found[0]?.startsWith(`${path}:2 `), found[0]);
    });
  }

  test('one library that lives in one file, found in two', () => {
    const text = "import pino from 'pino';";
    assert.deepEqual(violationsIn({ 'platform/log.ts': text, 'platform/http/log.ts': text }), [
      'platform/http/log.ts, platform/log.ts: pino lives in one file',
    ]);
  });
});

describe('What is allowed is not reported:', () => {
  for (const [path, text] of ALLOWED) test(`${path}: ${text}`, () => assert.deepEqual(violationsIn({ [path]: text }), []));
});

function violationsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'tessera-architecture-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return findViolations(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
