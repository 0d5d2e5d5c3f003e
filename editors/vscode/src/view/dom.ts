// Building elements without a framework; text is always set as text.
export type Child = Node | string | null | undefined | false;

interface Attributes {
  class?: string;
  role?: string;
  title?: string;
  id?: string;
  tabIndex?: number;
  onclick?: (event: MouseEvent) => void;
  aria?: Record<string, string>;
  data?: Record<string, string>;
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (attributes.class) element.className = attributes.class;
  if (attributes.role) element.setAttribute('role', attributes.role);
  if (attributes.title) element.title = attributes.title;
  if (attributes.id) element.id = attributes.id;
  if (attributes.tabIndex !== undefined) element.tabIndex = attributes.tabIndex;
  if (attributes.onclick) element.addEventListener('click', attributes.onclick as EventListener);
  for (const [name, value] of Object.entries(attributes.aria ?? {})) element.setAttribute(`aria-${name}`, value);
  for (const [name, value] of Object.entries(attributes.data ?? {})) element.dataset[name] = value;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label: string, onclick: () => void, kind = 'secondary', title?: string): HTMLButtonElement {
  const element = el('button', { class: `button ${kind}`, onclick, ...(title === undefined ? {} : { title }) }, label);
  element.type = 'button';
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svg(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const shapes: Record<string, string> = {
  succeeded: 'M3.5 8.5l3 3 6-7',
  failed: 'M4 4l8 8M12 4l-8 8',
  skipped: 'M3 4l4.5 4L3 12M8.5 4L13 8l-4.5 4',
  cancelled: 'M3.5 12.5l9-9',
  timedOut: 'M8 4v4.5l3 2',
  running: 'M8 2a6 6 0 1 1-6 6',
  pending: 'M4 8h8',
};

/** The small drawing beside a status; its meaning is always also written or in the label. */
export function statusIcon(status: string): SVGElement {
  const path = svg('path', { d: shapes[status] ?? shapes['pending']!, fill: 'none', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  return svg('svg', { viewBox: '0 0 16 16', class: `status-icon ${status}`, 'aria-hidden': 'true' }, path);
}
