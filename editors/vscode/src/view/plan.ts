// The page of a dry run: the steps by level with their dependencies, the order, and the values of the templates.
import type { DryRun, Plan, PlannedTemplate } from '../protocol';
import { button, el, svg, type Child } from './dom';
import { duration } from './format';
import { stepName } from './gantt';
import type { Send } from './main';

export function stats(entries: [string, Child][]): HTMLElement {
  return el('dl', { class: 'stats' }, ...entries.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

export function planPage(dryRun: DryRun, send: Send): HTMLElement {
  const { plan } = dryRun;
  const jump = (path: string): void => send({ kind: 'jump', path });
  return el(
    'div',
    { class: 'page' },
    el(
      'header',
      { class: 'page-head' },
      el('h1', {}, dryRun.workflow),
      el('span', { class: 'badge pending' }, 'dry run'),
      el('span', { class: 'spacer' }),
      button('Dry run again', () => send({ kind: 'dryRun' })),
      button('Run', () => send({ kind: 'run' }), 'primary'),
    ),
    stats([
      ['Steps', String(plan.nodes.length)],
      ['Levels', String(plan.parallelGroups.length)],
      ['At most at once', String(Math.max(0, ...plan.parallelGroups.map((group) => group.length)))],
      ['Estimated', plan.estimatedDurationMs === null ? 'after the first run' : duration(plan.estimatedDurationMs)],
    ]),
    el('h2', {}, 'Parallel groups'),
    graph(plan, jump),
    el('h2', {}, 'Execution order'),
    el('ol', { class: 'order' }, ...plan.executionOrder.map((id) => el('li', {}, id))),
    el('h2', {}, 'Templates'),
    templates(dryRun, jump),
  );
}

function graph(plan: Plan, jump: (path: string) => void): HTMLElement {
  const critical = new Set(plan.criticalPath);
  const taskRefs = new Map(plan.nodes.map((node) => [node.id, node.taskRef]));
  const columns = plan.parallelGroups.map((group, level) =>
    el(
      'div',
      { class: 'level', role: 'group', aria: { label: `Group ${level + 1}` } },
      el('div', { class: 'level-name' }, `${level + 1}`),
      ...group.map((id) => card(id, taskRefs.get(id) ?? null, critical.has(id), plan, jump)),
    ),
  );
  const drawing = el('div', { class: 'graph' }, ...columns);
  // Edges can be drawn once the cards have a place, and again when the view changes its width.
  new ResizeObserver(() => drawEdges(drawing, plan, critical)).observe(drawing);
  return el('div', { class: 'graph-frame' }, drawing);
}

function card(id: string, taskRef: string | null, critical: boolean, plan: Plan, jump: (path: string) => void): HTMLElement {
  const after = plan.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const label = `${id}${after.length > 0 ? `, after ${after.join(', ')}` : ''}${critical ? ', on the critical path' : ''}`;
  return el(
    'button',
    { class: `card${critical ? ' critical' : ''}`, data: { id }, onclick: () => jump(id), aria: { label }, title: 'Go to source' },
    stepName(id, taskRef),
  );
}

function drawEdges(drawing: HTMLElement, plan: Plan, critical: Set<string>): void {
  drawing.querySelector('svg')?.remove();
  const origin = drawing.getBoundingClientRect();
  const lines = svg('svg', { class: 'edges', width: drawing.scrollWidth, height: drawing.scrollHeight, 'aria-hidden': 'true' });
  const boxes = new Map([...drawing.querySelectorAll<HTMLElement>('.card')].map((one) => [one.dataset['id'], one.getBoundingClientRect()]));
  for (const { from, to } of plan.edges) {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    if (source === undefined || target === undefined) continue;
    const [x1, y1] = [source.right - origin.left, (source.top + source.bottom) / 2 - origin.top];
    const [x2, y2] = [target.left - origin.left, (target.top + target.bottom) / 2 - origin.top];
    const bend = (x2 - x1) / 2;
    const kind = critical.has(from) && critical.has(to) ? 'edge critical' : 'edge';
    lines.append(svg('path', { d: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, class: kind }));
  }
  drawing.prepend(lines);
}

function templates({ templates: planned }: DryRun, jump: (path: string) => void): HTMLElement {
  if (planned.length === 0) return el('p', { class: 'nothing' }, 'none');
  const rows = planned.map((one) => el('tr', {}, el('td', {}, pathButton(one.path, jump)), el('td', {}, ...value(one))));
  const heads = ['Where', 'Value'].map((text) => el('th', {}, text));
  return el('table', { class: 'templates-table' }, el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...rows));
}

/** What the template will be; its text below, unless what it will be says it already. */
function value({ expression, value: known, display }: PlannedTemplate): Child[] {
  const shown = el('code', { class: known === undefined ? 'unknown' : 'value' }, display);
  const text = expression.replace(/^\{\{\s*|\s*\}\}$/g, '');
  return display.includes(text) ? [shown] : [shown, el('code', { class: 'expression' }, expression)];
}

function pathButton(path: string, jump: (path: string) => void): HTMLElement {
  const pieces = path.split('.').flatMap((name, index) => (index === 0 ? [name] : [el('wbr', {}), `.${name}`]));
  return el('button', { class: 'link', onclick: () => jump(path) }, ...pieces);
}
