import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { openLanes } from './lanes.ts';

describe('Lanes', () => {
  test('run tasks of one key one after the other, in their order, and others beside them; one that fails holds up none', async () => {
    const lanes = openLanes();
    const told: string[] = [];
    const task = (name: string) => async (): Promise<void> => {
      told.push(`${name} begins`);
      await turn();
      told.push(`${name} ends`);
      if (name === 'a1') throw new Error('It fails.');
    };
    const all = [lanes.run('a', task('a1')), lanes.run('a', task('a2')), lanes.run('b', task('b1')), lanes.run('a', task('a3'))];
    const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
    assert.deepEqual(outcomes, ['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    assert.deepEqual(
      told.filter((one) => one.startsWith('a')),
      ['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends', 'a3 begins', 'a3 ends'],
    );
    assert.ok(told.indexOf('b1 begins') < told.indexOf('a1 ends'));
    assert.deepEqual([lanes.isTaken('a'), lanes.isTaken('b')], [false, false]);
  });

  test('run one task in many of them, which is one that others wait for; each may give way by itself', async () => {
    const lanes = openLanes();
    const told: string[] = [];
    const { promise: end, resolve } = Promise.withResolvers<void>();
    const together = lanes.together(['a', 'b'], async (giveWay) => {
      giveWay('a');
      giveWay('a');
      await end;
      told.push('together');
    });
    assert.deepEqual([lanes.isTaken('a'), lanes.isTaken('b')], [false, true]);
    const a = lanes.run('a', async () => void told.push('a'));
    const b = lanes.run('b', async () => void told.push('b'));
    await a;
    resolve();
    await Promise.all([together, b]);
    assert.deepEqual(told, ['a', 'together', 'b']);
  });

  test('are drained when nothing is under way, failures included', async () => {
    const lanes = openLanes();
    let isDone = false;
    const failing = lanes.together(['a'], async () => {
      await turn();
      throw new Error('It fails.');
    });
    const waiting = lanes.run('a', async () => void (isDone = true));
    const failed = assert.rejects(failing, /It fails/);
    await lanes.drained();
    assert.ok(isDone);
    await Promise.all([failed, waiting]);
  });
});
