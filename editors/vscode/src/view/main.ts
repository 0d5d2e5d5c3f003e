// The script of the webviews: draws what the extension sends, and tells it what the user wants.
import type { View, ViewRequest } from '../shared/messages';
import { planPage } from './plan';
import { runPage } from './run';

declare function acquireVsCodeApi(): { postMessage(message: ViewRequest): void };

export type Send = (request: ViewRequest) => void;

const api = acquireVsCodeApi();
const app = document.getElementById('app') as HTMLElement;
const send: Send = (request) => api.postMessage(request);
const tickMs = 200;
let view: View | undefined;
let receivedAt = 0;
let selected: string | undefined;

function draw(): void {
  if (view === undefined) return;
  const focused = (document.activeElement as HTMLElement | null)?.dataset['path'];
  app.replaceChildren(view.kind === 'run' ? runPage(view, Date.now() - receivedAt, selected, select, send) : planPage(view.dryRun, send));
  if (focused !== undefined) app.querySelector<HTMLElement>(`[data-path="${CSS.escape(focused)}"]`)?.focus();
}

function select(path: string): void {
  selected = path;
  draw();
  app.querySelector<HTMLElement>('[role=option][aria-selected=true]')?.focus();
}

window.addEventListener('message', ({ data }: MessageEvent<View>) => {
  const another = view?.kind === 'run' && data.kind === 'run' && view.trace.executionId !== data.trace.executionId;
  if (another) selected = undefined;
  view = data;
  receivedAt = Date.now();
  draw();
});

document.addEventListener('click', (event) => {
  const text = (event.target as HTMLElement).dataset['copy'];
  if (text !== undefined) send({ kind: 'copy', text });
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || selected === undefined) return;
  selected = undefined;
  draw();
});

setInterval(() => {
  if (view?.kind === 'run' && view.running) draw();
}, tickMs);

send({ kind: 'ready' });
