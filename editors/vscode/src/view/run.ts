// The page of a run: what it was, its Gantt, its output or errors, and the step that is chosen.
import type { WorkflowError } from '../protocol';
import type { RunView } from '../shared/messages';
import { details, errorBox } from './details';
import { button, el, statusIcon, type Child } from './dom';
import { count, duration, statusWord } from './format';
import { gantt } from './gantt';
import { jsonBlock } from './json';
import type { Send } from './main';
import { stats } from './plan';
import { timeline, type Step, type Timeline } from './steps';

export function runPage(view: RunView, sinceMs: number, selected: string | undefined, select: (path: string) => void, send: Send): HTMLElement {
  const line = timeline(view, sinceMs);
  const chosen = line.steps.find((step) => step.path === selected);
  const jump = (path: string): void => send({ kind: 'jump', path });
  return el(
    'div',
    { class: 'page' },
    header(view, statusOf(view, line.steps), send),
    stats(numbers(view, line)),
    gantt(line, selected, { select, jump }),
    legend(line.steps),
    chosen ? details(chosen, () => jump(chosen.path), (text) => send({ kind: 'copy', text })) : result(view),
  );
}

function statusOf(view: RunView, steps: Step[]): string {
  if (view.running) return 'running';
  const said = view.execution?.status ?? view.trace.status;
  return said ?? (steps.some((step) => step.status === 'failed') ? 'failed' : 'succeeded');
}

function header(view: RunView, status: string, send: Send): HTMLElement {
  const again = view.running ? button('Cancel', () => send({ kind: 'cancel' })) : button('Run again', () => send({ kind: 'run' }), 'primary');
  const version = view.execution?.version;
  return el(
    'header',
    { class: 'page-head' },
    el('h1', {}, view.trace.workflowName),
    version ? el('span', { class: 'version' }, version) : null,
    el('span', { class: `badge ${status}`, role: 'status' }, statusIcon(status), statusWord(status)),
    el('span', { class: 'spacer' }),
    button('Dry run', () => send({ kind: 'dryRun' })),
    again,
  );
}

function numbers(view: RunView, { steps, total }: Timeline): [string, Child][] {
  const { trace } = view;
  const retries = steps.reduce((sum, step) => sum + step.retries, 0);
  const id = el('button', { class: 'execution-id', title: `Copy the execution's id: ${trace.executionId}` }, `…${trace.executionId.slice(-12)}`);
  id.dataset['copy'] = trace.executionId;
  return [
    ['Duration', duration(view.running ? total : trace.totalDurationMs)],
    ['Steps', String(steps.length)],
    ['Retries', String(retries)],
    ['Started', trace.startedAt ? new Date(trace.startedAt).toLocaleTimeString() : '–'],
    ['Execution', id],
  ];
}

function legend(steps: Step[]): HTMLElement {
  const kinds: [string, string][] = [['blocked', 'waiting for other steps']];
  if (steps.some((step) => step.waitMs > 1 && step.start !== null)) kinds.push(['queued', 'ready, waiting for a free slot']);
  for (const status of ['succeeded', 'failed', 'running', 'cancelled']) {
    if (steps.some((step) => step.status === status && step.start !== null)) kinds.push([`bar ${status}`, status]);
  }
  if (steps.some((step) => step.attempts.length > 1)) kinds.push(['attempt retried', 'failed attempt'], ['bar several', 'waiting to retry']);
  return el('div', { class: 'legend', aria: { hidden: 'true' } }, ...kinds.map(([kind, text]) => el('span', {}, el('i', { class: kind }), text)));
}

function result(view: RunView): HTMLElement {
  const { execution } = view;
  const errors: WorkflowError[] = execution?.errors ?? [];
  const output = execution?.output;
  return el(
    'section',
    { class: 'result', aria: { label: 'Result' } },
    ...errors.map((error) => el('div', {}, error.path ? el('h3', {}, error.path) : null, errorBox(error))),
    output !== undefined && output !== null ? el('div', {}, el('h3', {}, 'Output of the workflow'), jsonBlock(output)) : null,
    el('p', { class: 'hint' }, `Choose a step to see its input, output and error. ${count(view.trace.taskTimings.length, 'step')} in all.`),
  );
}
