// What the Gantt draws, from what the trace, the execution and the watched attempts say; times in ms from the run's start.
import type { TaskTiming, TemplateResolution, WorkflowError } from '../protocol';
import type { RunView } from '../shared/messages';

export interface Segment {
  from: number;
  to: number;
}

export interface Step {
  path: string;
  taskRef: string | null;
  status: string;
  start: number | null;
  end: number | null;
  durationMs: number | null;
  waitMs: number;
  waitedFor: string[];
  retries: number;
  tries: number;
  attempts: Segment[];
  input: unknown;
  output: unknown;
  error: WorkflowError | null;
  templates: TemplateResolution[];
}

export interface Timeline {
  steps: Step[];
  total: number;
}

/** `sinceMs` is how long ago the view was sent: a run that goes on has gone on for so long since its last event. */
export function timeline(view: RunView, sinceMs = 0): Timeline {
  const origin = Date.parse(view.trace.startedAt ?? '') || 0;
  const steps = view.trace.taskTimings.map((timing) => step(view, timing, origin));
  const ends = steps.map((one) => one.end ?? one.start ?? 0);
  const last = (since(view.trace.completedAt, origin) ?? 0) + (view.running ? sinceMs : 0);
  const total = Math.max(view.trace.totalDurationMs ?? 0, last, ...ends, 1);
  if (view.running) {
    for (const one of steps) if (one.start !== null && one.end === null) one.end = total;
  }
  return { steps, total };
}

function step(view: RunView, timing: TaskTiming, origin: number): Step {
  const known = [...(view.trace.tasks ?? []), ...(view.execution?.tasks ?? [])].find((task) => task.path === timing.taskId);
  const start = since(timing.startedAt, origin);
  return {
    path: timing.taskId,
    taskRef: timing.taskRef,
    status: timing.status,
    start,
    end: since(timing.completedAt, origin) ?? (start !== null && timing.durationMs !== null ? start + timing.durationMs : null),
    durationMs: timing.durationMs,
    waitMs: timing.waitTimeMs ?? 0,
    waitedFor: timing.waitedForTasks,
    retries: timing.retryCount,
    tries: known?.attempts ?? 0,
    attempts: segments(view, timing, origin),
    input: known?.input ?? view.watched.inputs[timing.taskId],
    output: known?.output,
    error: known?.error ?? null,
    templates: (view.trace.templateResolutions ?? []).filter((one) => one.path === timing.taskId),
  };
}

function segments(view: RunView, timing: TaskTiming, origin: number): Segment[] {
  return (view.watched.attempts[timing.taskId] ?? []).flatMap((attempt) => {
    const from = since(attempt.startedAt, origin);
    const to = since(attempt.completedAt ?? view.trace.completedAt, origin);
    return from === null || to === null ? [] : [{ from, to }];
  });
}

function since(at: string | null, origin: number): number | null {
  return at === null ? null : Date.parse(at) - origin;
}
