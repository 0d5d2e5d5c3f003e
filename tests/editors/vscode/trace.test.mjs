// What the trace view shows, from the events of a run and from its trace; run by `node --test`.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const extension = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'editors', 'vscode');
const esbuild = createRequire(path.join(extension, 'package.json'))('esbuild');

async function load(name) {
  const outfile = path.join(await mkdtemp(path.join(tmpdir(), 'wf-')), 'module.mjs');
  await esbuild.build({ entryPoints: [path.join(extension, 'src', name)], outfile, bundle: true, format: 'esm', logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}

const { LiveRun } = await load('live.ts');
const { timeline } = await load('view/steps.ts');
const { duration, tickStep } = await load('view/format.ts');

const at = (milliseconds) => new Date(Date.UTC(2026, 0, 31, 23, 59, 59, 900) + milliseconds).toISOString();

/** A run in which `b` waits for `a`, fails once and is tried again. */
function watch(until = Infinity) {
  const run = new LiveRun('id', '');
  const events = [
    { at: at(0), type: 'executionStarted', workflow: 'shop' },
    { at: at(1), type: 'stepReady', path: 'a', waitedFor: [] },
    { at: at(1), type: 'stepStarted', path: 'a', taskRef: 'get-a', input: { id: '1' } },
    { at: at(50), type: 'stepFinished', path: 'a', status: 'succeeded', durationMs: 49, output: 7, error: null },
    { at: at(50), type: 'stepReady', path: 'b', waitedFor: ['a'] },
    { at: at(60), type: 'stepStarted', path: 'b', taskRef: 'get-b', input: {} },
    { at: at(60), type: 'attemptStarted', path: 'b', n: 1 },
    { at: at(80), type: 'attemptFinished', path: 'b', n: 1, error: { code: 'SERVICE_ERROR' } },
    { at: at(80), type: 'retryScheduled', path: 'b', delayMs: 100 },
    { at: at(180), type: 'attemptStarted', path: 'b', n: 2 },
    { at: at(200), type: 'attemptFinished', path: 'b', n: 2, error: null },
    { at: at(201), type: 'stepFinished', path: 'b', status: 'succeeded', durationMs: 141, output: null, error: null },
  ];
  for (const event of events.slice(0, until)) run.apply(event);
  return run.view();
}

test('a run that was watched has its steps, waits, attempts and values', () => {
  const { steps, total } = timeline(watch());
  assert.equal(total, 201);
  const [a, b] = steps;
  assert.deepEqual([a.path, a.taskRef, a.status, a.start, a.end, a.input, a.output], ['a', 'get-a', 'succeeded', 1, 50, { id: '1' }, 7]);
  assert.deepEqual([b.waitedFor, b.waitMs, b.retries], [['a'], 10, 1]);
  assert.deepEqual(b.attempts, [
    { from: 60, to: 80 },
    { from: 180, to: 200 },
  ]);
});

test('a step that runs reaches to the last event', () => {
  const view = watch(9);
  const running = timeline(view).steps[1];
  assert.equal(view.trace.workflowName, 'shop');
  assert.deepEqual([running.status, running.start, running.end], ['running', 60, 80]);
});

test('attempts inside of iterations belong to their step', () => {
  const run = new LiveRun('id', 'shop');
  run.apply({ at: at(0), type: 'executionStarted', workflow: 'shop' });
  run.apply({ at: at(0), type: 'stepStarted', path: 'each', taskRef: 'get' });
  run.apply({ at: at(1), type: 'attemptStarted', path: 'each[0]', n: 1 });
  run.apply({ at: at(2), type: 'retryScheduled', path: 'each[0]', delayMs: 1 });
  const { steps } = timeline(run.view());
  assert.deepEqual(steps.map((step) => [step.path, step.retries, step.attempts.length]), [['each', 1, 1]]);
});

test('durations and ticks are for people', () => {
  assert.deepEqual([0.25, 9.96, 999, 1240, 125_000, null].map(duration), ['0.3 ms', '10 ms', '999 ms', '1.24 s', '2 m 05 s', '–']);
  assert.deepEqual([7, 642, 30_000].map((total) => tickStep(total, 6)), [2, 200, 5000]);
});
