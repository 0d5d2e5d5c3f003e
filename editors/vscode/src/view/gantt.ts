// The Gantt: one row a step, with what it waited for, its attempts and its status.
import { el, statusIcon, type Child } from './dom';
import { count, duration, statusWord, tickStep } from './format';
import type { Step, Timeline } from './steps';

export interface GanttActions {
  select(path: string): void;
  jump(path: string): void;
}

/** A list box of steps: arrows, Home and End choose one, Enter goes to its source, a click does both. */
export function gantt({ steps, total }: Timeline, selected: string | undefined, actions: GanttActions): HTMLElement {
  const rows = steps.map((step) => row(step, total, step.path === selected, actions));
  const active = rows.find((one) => one.getAttribute('aria-selected') === 'true') ?? rows[0];
  if (active !== undefined) active.tabIndex = 0;
  const list = el('div', { class: 'rows', role: 'listbox', aria: { label: 'Steps, in the order in which they started' } }, ...rows);
  list.addEventListener('keydown', (event) => onKey(event, rows, actions));
  return el('section', { class: 'gantt', aria: { label: 'Timeline' } }, axis(total), el('div', { class: 'plot' }, gridLines(total), list));
}

function onKey(event: KeyboardEvent, rows: HTMLElement[], actions: GanttActions): void {
  const at = rows.findIndex((one) => one === document.activeElement);
  const target: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const current = rows[at];
  if (event.key === 'Enter' && current !== undefined) actions.jump(current.dataset['path'] ?? '');
  const next = rows[target[event.key] ?? -1];
  if (event.key !== 'Enter' && next === undefined) return;
  event.preventDefault();
  if (next !== undefined) actions.select(next.dataset['path'] ?? '');
}

function row(step: Step, total: number, selected: boolean, actions: GanttActions): HTMLElement {
  const choose = (): void => {
    actions.select(step.path);
    actions.jump(step.path);
  };
  return el(
    'div',
    { class: 'row', role: 'option', tabIndex: -1, onclick: choose, data: { path: step.path }, aria: { selected: String(selected), label: label(step) } },
    el('div', { class: 'name', title: step.path }, statusIcon(step.status), stepName(step.path, step.taskRef)),
    el('div', { class: 'track' }, ...bars(step, total)),
    el('div', { class: 'took' }, retries(step), step.start === null ? statusWord(step.status) : duration(step.durationMs)),
  );
}

/** The step's id, and under it the task that it runs, where that is another name. */
export function stepName(path: string, taskRef: string | null): HTMLElement {
  const ref = taskRef === null || taskRef === path ? null : el('span', { class: 'task-ref' }, taskRef);
  return el('span', { class: 'names' }, el('span', { class: 'step-id' }, path), ref);
}

function retries(step: Step): Child {
  return step.retries > 0 && el('span', { class: 'retries', title: `retried ${count(step.retries, 'time')}` }, `↻ ${step.retries}`);
}

function label(step: Step): string {
  const parts = [step.path, statusWord(step.status)];
  if (step.start !== null) parts.push(`started after ${duration(step.start)}`, `took ${duration(step.durationMs)}`);
  if (step.waitedFor.length > 0) parts.push(`waited for ${step.waitedFor.join(', ')}`);
  if (step.retries > 0) parts.push(`retried ${count(step.retries, 'time')}`);
  return parts.join(', ');
}

function bars(step: Step, total: number): Child[] {
  if (step.start === null) return [];
  const end = step.end ?? step.start;
  const ready = step.start - step.waitMs;
  const blocked = step.waitedFor.length > 0 && place(el('div', { class: 'blocked' }), 0, ready, total);
  const queued = step.waitMs > 1 && place(el('div', { class: 'queued' }), ready, step.start, total);
  const bar = place(el('div', { class: `bar ${step.status}` }), step.start, end, total);
  const several = step.attempts.length > 1;
  if (several) bar.classList.add('several');
  const length = Math.max(end - step.start, 0.001);
  for (const [index, attempt] of several ? step.attempts.entries() : []) {
    const kind = index < step.attempts.length - 1 ? 'retried' : step.status;
    bar.append(place(el('div', { class: `attempt ${kind}` }), attempt.from - step.start, attempt.to - step.start, length));
  }
  return [blocked, queued, bar];
}

function place<E extends HTMLElement>(element: E, from: number, to: number, total: number): E {
  const share = (value: number): number => Math.min(Math.max(value / total, 0), 1) * 100;
  element.style.left = `${share(from)}%`;
  element.style.width = `${share(to) - share(from)}%`;
  return element;
}

function ticks(total: number): number[] {
  const step = tickStep(total, 5);
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}

function axis(total: number): HTMLElement {
  const scale = el('div', { class: 'track', aria: { hidden: 'true' } });
  for (const tick of ticks(total)) {
    // A label at the very end would stand over the next column.
    if (tick / total > 0.95) continue;
    const mark = el('span', { class: 'tick' }, tick === 0 ? '0' : duration(tick));
    mark.style.left = `${(tick / total) * 100}%`;
    scale.append(mark);
  }
  return el('div', { class: 'axis' }, el('div', { class: 'name' }, 'Step'), scale, el('div', { class: 'took' }, 'Took'));
}

function gridLines(total: number): HTMLElement {
  const track = el('div', { class: 'track' });
  for (const tick of ticks(total)) {
    const line = el('div', { class: 'grid-line' });
    line.style.left = `${(tick / total) * 100}%`;
    track.append(line);
  }
  return el('div', { class: 'grid-lines', aria: { hidden: 'true' } }, el('div', {}), track);
}
