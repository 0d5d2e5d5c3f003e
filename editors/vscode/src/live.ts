// A run as far as its events tell, so that the trace view can show it before it has ended. The server's own trace
// replaces this as soon as there is one; only what that trace does not hold is kept: the inputs and the single attempts.
import type { RunEvent, TaskResult, TaskTiming, WorkflowError } from './protocol';
import type { RunView, Watched } from './shared/messages';

export class LiveRun {
  private readonly timings = new Map<string, TaskTiming>();
  private readonly tasks = new Map<string, TaskResult>();
  readonly watched: Watched = { attempts: {}, inputs: {} };
  private readonly readyAt = new Map<string, number>();
  private startedAt: string | null = null;
  private lastAt: string | null = null;
  private workflowName: string;

  constructor(
    readonly executionId: string,
    workflowName: string,
  ) {
    this.workflowName = workflowName;
  }

  /** Takes in one event; false when the event changes nothing that is shown. */
  apply(event: RunEvent): boolean {
    this.lastAt = event.at;
    const path = event.path ?? '';
    switch (event.type) {
      case 'executionStarted':
        this.startedAt = event.at;
        this.workflowName = (event['workflow'] as string | undefined) ?? this.workflowName;
        return true;
      case 'stepReady':
        this.readyAt.set(path, Date.parse(event.at));
        this.timing(path).waitedForTasks = (event['waitedFor'] as string[] | undefined) ?? [];
        return true;
      case 'stepStarted':
        return this.stepStarted(path, event);
      case 'attemptStarted':
        (this.watched.attempts[this.owner(path)] ??= []).push({ n: Number(event['n']), startedAt: event.at, completedAt: null });
        return true;
      case 'attemptFinished':
        return this.attemptFinished(path, event);
      case 'retryScheduled':
        this.timing(this.owner(path)).retryCount += 1;
        return true;
      case 'stepFinished':
        return this.stepFinished(path, event);
      default:
        return false;
    }
  }

  view(): RunView {
    return {
      kind: 'run',
      trace: {
        executionId: this.executionId,
        workflowName: this.workflowName,
        status: 'running',
        startedAt: this.startedAt,
        completedAt: this.lastAt,
        totalDurationMs: null,
        taskTimings: [...this.timings.values()],
        tasks: [...this.tasks.values()],
      },
      execution: null,
      watched: this.watched,
      running: true,
    };
  }

  private stepStarted(path: string, event: RunEvent): boolean {
    const timing = this.timing(path);
    const task = this.task(path);
    timing.taskRef = task.taskRef = (event['taskRef'] as string | null | undefined) ?? null;
    timing.startedAt = task.startedAt = event.at;
    timing.status = task.status = 'running';
    timing.waitTimeMs = Date.parse(event.at) - (this.readyAt.get(path) ?? Date.parse(event.at));
    this.watched.inputs[path] = event['input'];
    return true;
  }

  private attemptFinished(path: string, event: RunEvent): boolean {
    const attempts = this.watched.attempts[this.owner(path)] ?? [];
    const attempt = attempts.findLast((one) => one.n === Number(event['n']) && one.completedAt === null);
    if (attempt === undefined) return false;
    attempt.completedAt = event.at;
    return true;
  }

  private stepFinished(path: string, event: RunEvent): boolean {
    const timing = this.timing(path);
    const task = this.task(path);
    timing.completedAt = task.completedAt = event.at;
    timing.durationMs = task.durationMs = (event['durationMs'] as number | null | undefined) ?? null;
    timing.status = task.status = String(event['status']);
    task.output = event['output'];
    task.error = (event['error'] as WorkflowError | null | undefined) ?? null;
    return true;
  }

  /** The step whose attempt it is: `a[2]` and `a~fallback` belong to `a` where they are no steps themselves. */
  private owner(path: string): string {
    let owner = path;
    while (owner !== '' && !this.timings.has(owner)) owner = owner.slice(0, Math.max(owner.lastIndexOf('~'), owner.lastIndexOf('['), 0));
    return owner === '' ? path : owner;
  }

  private timing(path: string): TaskTiming {
    const known = this.timings.get(path);
    if (known !== undefined) return known;
    const timing: TaskTiming = {
      taskId: path,
      taskRef: null,
      startedAt: null,
      completedAt: null,
      durationMs: null,
      waitTimeMs: null,
      waitedForTasks: [],
      retryCount: 0,
      status: 'pending',
    };
    this.timings.set(path, timing);
    return timing;
  }

  private task(path: string): TaskResult {
    const known = this.tasks.get(path);
    if (known !== undefined) return known;
    const task: TaskResult = { path, taskRef: null, status: 'pending', startedAt: null, completedAt: null, durationMs: null };
    this.tasks.set(path, task);
    return task;
  }
}
