// The shapes that the server's `wf.*` commands take and answer. They are the server's; nothing here interprets them.

/** What `wf.run` and `wf.dryRun` are asked to run: a workflow of an open document. */
export interface RunTarget {
  uri: string;
  workflow?: string;
  input?: unknown;
  mode?: 'live';
}

export interface WorkflowError {
  code: string;
  message: string;
  path?: string | null;
  retryable?: boolean;
  attempts?: number;
  http?: { method: string; url: string; status: number | null; bodyPreview?: string | null } | null;
  suggestion?: string | null;
  docs?: string | null;
}

export interface TaskResult {
  path: string;
  taskRef: string | null;
  status: string;
  input?: unknown;
  output?: unknown;
  error?: WorkflowError | null;
  attempts?: number | null;
  startedAt: string | null;
  completedAt: string | null;
  durationMs: number | null;
}

export interface Execution {
  executionId: string;
  workflowName: string;
  version?: string | null;
  status: string;
  output?: unknown;
  errors: WorkflowError[];
  durationMs: number | null;
  tasks: TaskResult[];
}

export interface TaskTiming {
  taskId: string;
  taskRef: string | null;
  startedAt: string | null;
  completedAt: string | null;
  durationMs: number | null;
  waitTimeMs: number | null;
  waitedForTasks: string[];
  retryCount: number;
  status: string;
}

export interface TemplateResolution {
  path?: string | null;
  expression: string;
  value?: unknown;
}

export interface Trace {
  executionId: string;
  workflowName: string;
  status?: string;
  startedAt: string | null;
  completedAt: string | null;
  totalDurationMs: number | null;
  taskTimings: TaskTiming[];
  dependencyOrder?: string[];
  plannedParallelGroups?: string[][];
  actualParallelGroups?: string[][];
  templateResolutions?: TemplateResolution[];
  tasks?: TaskResult[];
}

export interface Plan {
  nodes: { id: string; taskRef: string | null; level: number }[];
  edges: { from: string; to: string }[];
  parallelGroups: string[][];
  executionOrder: string[];
  criticalPath: string[];
  estimatedDurationMs: number | null;
}

export interface PlannedTemplate {
  path: string;
  expression: string;
  value?: unknown;
  display: string;
}

export interface DryRun {
  workflow: string;
  plan: Plan;
  templates: PlannedTemplate[];
  diagnostics?: unknown[];
}

/** One event of a run, as `wf/event` carries it. */
export interface RunEvent {
  seq: number;
  at: string;
  type: string;
  path?: string | null;
  [field: string]: unknown;
}

export interface EventNotification {
  executionId: string;
  uri: string;
  event: RunEvent;
}

export interface NeedsInput {
  needsInput: true;
  workflow: string;
  schema?: unknown;
  example?: unknown;
}

export interface Refusal {
  error: { message: string; hint?: string | null };
}

export type Answer<T> = T | NeedsInput | Refusal | null;

export function needsInput(answer: unknown): answer is NeedsInput {
  return typeof answer === 'object' && answer !== null && (answer as NeedsInput).needsInput === true;
}

export function isRefusal(answer: unknown): answer is Refusal {
  const error: unknown = typeof answer === 'object' && answer !== null ? (answer as Refusal).error : undefined;
  return typeof error === 'object' && error !== null && !('executionId' in (answer as object));
}
