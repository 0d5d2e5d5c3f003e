// What the extension and its webviews say to each other.
import type { DryRun, Execution, Trace } from '../protocol';

/** One attempt of a step, known only for runs that were watched while they ran. */
export interface Attempt {
  n: number;
  startedAt: string;
  completedAt: string | null;
}

/** A run to show: its trace, what else is known of it, and whether it still runs. */
export interface RunView {
  kind: 'run';
  trace: Trace;
  execution: Execution | null;
  attempts: Record<string, Attempt[]>;
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
