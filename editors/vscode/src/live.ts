// A run as far as its events tell, so that the trace view can show it before it has ended. The server's own trace
// replaces this as soon as there is one; only the attempts are kept, which that trace does not hold one by one.
import type { RunEvent, TaskResult, TaskTiming, WorkflowError } from './protocol';
import type { Attempt, RunView } from './shared/messages';

export class LiveRun {
  private readonly timings = new Map<string, TaskTiming>();
  private readonly tasks = new Map<string, TaskResult>();
  readonly attempts: Record<string, Attempt[]> = {};
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
        this.timing(path).waitedForTasks = (event['waitedFor'] as string[] | undefined) ?? [];
        return true;
      case 'stepStarted':
        return this.stepStarted(path, event);
      case 'attemptStarted':
        (this.attempts[path] ??= []).push({ n: Number(event['n']), startedAt: event.at, completedAt: null });
        return true;
      case 'attemptFinished':
        return this.attemptFinished(path, event);
      case 'retryScheduled':
        this.timing(path).retryCount += 1;
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
      attempts: this.attempts,
      running: true,
    };
  }

  private stepStarted(path: string, event: RunEvent): boolean {
    const timing = this.timing(path);
    const task = this.task(path);
    timing.taskRef = task.taskRef = (event['taskRef'] as string | null | undefined) ?? null;
    timing.startedAt = task.startedAt = event.at;
    timing.status = task.status = 'running';
    timing.waitTimeMs = this.startedAt === null ? 0 : Date.parse(event.at) - Date.parse(this.startedAt);
    task.input = event['input'];
    return true;
  }

  private attemptFinished(path: string, event: RunEvent): boolean {
    const attempt = (this.attempts[path] ?? []).find((one) => one.n === Number(event['n']));
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
