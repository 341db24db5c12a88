import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { openSlots } from './slots.ts';

/** Tasks that say when they run, and end when they are told to. */
function tasks() {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => async () => {
    running.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    running.splice(running.indexOf(name), 1);
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await turn();
  };
  return { running, task, end };
}

describe('Slots', () => {
  test('so many tasks run at a time, the others in their order', async () => {
    const slots = openSlots(2);
    const { running, task, end } = tasks();
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => slots.run(task(name))));
    assert.deepEqual(running, ['a', 'b']);
    await end('b');
    assert.deepEqual(running, ['a', 'c']);
    await end('a');
    await end('c');
    await end('d');
    await all;
  });

  test('a task that fails leaves its slot', async () => {
    const slots = openSlots(1);
    await assert.rejects(slots.run(() => Promise.reject(new Error('no'))));
    assert.equal(await slots.run(() => Promise.resolve('yes')), 'yes');
  });

  test('beside other work one slot is left alone, once however much there is of it, and never the last', async () => {
    const { running, task, end } = tasks();
    const slots = openSlots(3);
    const besides = [slots.beside(task('import')), slots.beside(task('another'))];
    const all = ['a', 'b', 'c'].map((name) => slots.run(task(name)));
    assert.deepEqual(running, ['import', 'another', 'a', 'b']);
    await end('import');
    assert.deepEqual(running, ['another', 'a', 'b'], 'one of them is still there');
    await end('another');
    assert.deepEqual(running, ['a', 'b', 'c']);
    for (const name of ['a', 'b', 'c']) await end(name);
    await Promise.all([...besides, ...all]);

    const single = openSlots(1);
    const beside = single.beside(task('import'));
    const alone = single.run(task('a'));
    assert.deepEqual(running, ['import', 'a']);
    for (const name of ['import', 'a']) await end(name);
    await Promise.all([beside, alone]);
  });
});
