import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createFrameReader, toFrames } from './notify-frames.ts';

const payload = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 50 }),
  fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }), fc.nat(9_000))
    .map(([text, times]) => text.repeat(times)),
);

test('every payload arrives as it was sent, in frames that NOTIFY takes', () => {
  fc.assert(
    fc.property(payload, (text) => {
      const frames = toFrames(text);
      assert.ok(frames.every((frame) => Buffer.byteLength(frame) < 8_000));
      const reader = createFrameReader();
      const answers = frames.map(reader.read);
      assert.deepEqual(answers, [...frames.slice(1).map(() => undefined), text]);
    }),
  );
});

test('the frames of several senders may be mixed', () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 4 }), fc.infiniteStream(fc.nat(3)), (texts, choices) => {
      const queues = texts.map((text) => [...toFrames(text)]);
      const reader = createFrameReader();
      const read: string[] = [];
      while (queues.some((queue) => queue.length > 0)) {
        const frame = queues[choices.next().value ?? 0]?.shift();
        const text = frame === undefined ? undefined : reader.read(frame);
        if (text !== undefined) read.push(text);
      }
      assert.deepEqual(read.toSorted(), texts.toSorted());
    }),
    { numRuns: 50 },
  );
});

test('unfinished payloads do not pile up, and a reset forgets them', () => {
  const reader = createFrameReader();
  const [first, ...others] = toFrames('x'.repeat(10_000));
  assert.equal(reader.read(first ?? ''), undefined);
  for (let index = 0; index < 200; index += 1) reader.read(toFrames('y'.repeat(10_000))[0] ?? '');
  assert.deepEqual(others.map(reader.read), [undefined]);
  const [head, tail] = toFrames('z'.repeat(10_000));
  reader.read(head ?? '');
  reader.reset();
  assert.equal(reader.read(tail ?? ''), undefined);
});

test('a notification without a frame is a payload', () => {
  assert.equal(createFrameReader().read('by hand'), 'by hand');
  assert.equal(createFrameReader().read(''), '');
});
