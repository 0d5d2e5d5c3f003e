// What is known of one step: its input, output, error and the templates that were filled in.
import type { WorkflowError } from '../protocol';
import { button, el, statusIcon, type Child } from './dom';
import { duration, statusWord } from './format';
import { jsonBlock } from './json';
import type { Step } from './steps';

export function details(step: Step, jump: () => void, copy: (text: string) => void): HTMLElement {
  return el(
    'section',
    { class: 'details', id: 'details', aria: { label: `Step ${step.path}`, live: 'polite' } },
    el('header', {}, statusIcon(step.status), el('h2', {}, step.path), step.taskRef ? el('code', {}, step.taskRef) : null, el('span', { class: 'spacer' }), button('Go to source', jump)),
    facts(step),
    step.error ? errorBox(step.error) : null,
    el('div', { class: 'columns' }, column('Input', step.input, copy), column('Output', step.output, copy)),
    templates(step),
  );
}

function facts(step: Step): HTMLElement {
  const rows: [string, string][] = [['Status', statusWord(step.status)]];
  if (step.start !== null) rows.push(['Started', `+${duration(step.start)}`], ['Took', duration(step.durationMs)]);
  if (step.waitedFor.length > 0) rows.push(['Waited for', step.waitedFor.join(', ')]);
  if (step.start !== null && step.waitMs > 1) rows.push(['Queued', duration(step.waitMs)]);
  if (step.tries > 0) rows.push(['Attempts', String(step.tries)]);
  return el('dl', { class: 'facts' }, ...rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

export function errorBox(error: WorkflowError): HTMLElement {
  const { http } = error;
  const request: Child = http ? el('p', { class: 'request' }, el('code', {}, `${http.method} ${http.url}`), http.status === null ? null : ` answered ${http.status}`) : null;
  return el(
    'div',
    { class: 'error-box', role: 'note' },
    el('p', {}, el('span', { class: 'code' }, error.code), error.message),
    request,
    http?.bodyPreview ? el('pre', { class: 'preview' }, http.bodyPreview) : null,
    error.suggestion ? el('p', { class: 'suggestion' }, error.suggestion) : null,
  );
}

function column(title: string, value: unknown, copy: (text: string) => void): HTMLElement {
  const heading = el('div', { class: 'column-head' }, el('h3', {}, title));
  if (value === undefined || value === null) {
    return el('div', { class: 'column' }, heading, el('p', { class: 'nothing' }, value === null ? 'null' : 'none'));
  }
  heading.append(button('Copy', () => copy(JSON.stringify(value, null, 2)), 'quiet', `Copy the ${title.toLowerCase()} as JSON`));
  return el('div', { class: 'column' }, heading, jsonBlock(value));
}

function templates(step: Step): Child {
  if (step.templates.length === 0) return null;
  const rows = step.templates.map((one) => el('tr', {}, el('td', {}, el('code', {}, one.expression)), el('td', {}, el('code', { class: 'value' }, JSON.stringify(one.value) ?? ''))));
  return el('details', { class: 'templates' }, el('summary', {}, `Templates (${step.templates.length})`), el('table', {}, el('tbody', {}, ...rows)));
}
