import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { startView } from './start-view.ts';

const view = (name: string, more: Partial<ViewDefinition> = {}): ViewDefinition => ({
  id: name,
  name,
  label: { en: name },
  visibility: { kind: 'everyone' },
  ...more,
});

test('A list begins with all its records, however many views are shared', () => {
  assert.equal(startView([view('drafts', { filter: { status: 'draft' } }), view('board')]), undefined);
  assert.equal(startView([view('drafts'), view('all')])?.name, 'all');
  assert.equal(startView([view('all', { filter: {} })])?.name, 'all');
});

test('What is called "all" but leaves some out, or is for some, is not where it begins', () => {
  assert.equal(startView([view('all', { filter: { status: 'draft' } })]), undefined);
  assert.equal(startView([view('all', { visibility: { kind: 'role', role: 'sales' } })]), undefined);
});
