import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degreesOf, pairIn, problemOf } from './place-text.ts';

test('A degree with a decimal comma or point is one number, in either language', () => {
  for (const language of ['en', 'de'] as const) {
    assert.deepEqual([degreesOf('52,5', language), degreesOf('52.5', language)], [52.5, 52.5]);
    assert.deepEqual([degreesOf('52,520008', language), degreesOf('-13.404954', language)], [52.520008, -13.404954]);
    // Three digits behind the mark are no thousands: nothing on earth lies there.
    assert.deepEqual([degreesOf('52,520', language), degreesOf('52.520', language)], [52.52, 52.52]);
    assert.deepEqual([degreesOf(' ', language), degreesOf('north', language), degreesOf('52,5,1', language)], [null, 'north', '52,5,1']);
  }
  for (const text of ['52,5', '52,520008', '52,13', '52.5', '52,5,13,4', '1.234,56', '52', 'a, b', ''])
    assert.equal(pairIn(text), null, text);
});

test('Two numbers are a pair where what stands between them cannot be a decimal comma', () => {
  const place = { lat: 52.52, lng: 13.4 };
  for (const text of ['52.52, 13.40', '52.52,13.40', '52,52; 13,40', '52,52;13,40', ' 52.52 13.40 ', '52,52, 13,40', '52.52\t13.40'])
    assert.deepEqual(pairIn(text), place, text);
  assert.deepEqual(pairIn('-33.9, 151'), { lat: -33.9, lng: 151 });
});

test('What is no degree, or lies beyond the poles, is said', () => {
  assert.deepEqual(
    [problemOf('lat', 90), problemOf('lat', -90.5), problemOf('lng', 90.5), problemOf('lng', 181)],
    [null, 'range', null, 'range'],
  );
  assert.deepEqual([problemOf('lat', 'north'), problemOf('lat', undefined), problemOf('lng', null)], ['number', null, null]);
});
