// What the extension and its webviews say to each other.
import type { DryRun, Execution, Trace } from '../protocol';

/** One attempt of a step. */
export interface Attempt {
  n: number;
  startedAt: string;
  completedAt: string | null;
}

/** What only the events of a run tell: known where it was watched while it ran. */
export interface Watched {
  attempts: Record<string, Attempt[]>;
  inputs: Record<string, unknown>;
}

/** A run to show: its trace, what else is known of it, and whether it still runs. */
export interface RunView {
  kind: 'run';
  trace: Trace;
  execution: Execution | null;
  watched: Watched;
  running: boolean;
}

export interface PlanView {
  kind: 'plan';
  dryRun: DryRun;
}

export type View = RunView | PlanView;

export type ViewRequest =
  | { kind: 'ready' }
  | { kind: 'jump'; path: string }
  | { kind: 'run' }
  | { kind: 'dryRun' }
  | { kind: 'cancel' }
  | { kind: 'copy'; text: string };
