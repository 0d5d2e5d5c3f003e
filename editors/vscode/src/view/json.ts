// A JSON value as coloured, indented text.
import { el } from './dom';

const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

export function jsonBlock(value: unknown): HTMLElement {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const block = el('pre', { class: 'json', tabIndex: 0 });
  let at = 0;
  for (const match of text.matchAll(token)) {
    block.append(text.slice(at, match.index), el('span', { class: kind(match) }, match[1] ?? match[0]));
    if (match[2] !== undefined) block.append(match[2]);
    at = match.index + match[0].length;
  }
  block.append(text.slice(at));
  return block;
}

function kind(match: RegExpMatchArray): string {
  if (match[2] !== undefined) return 'json-key';
  if (match[1] !== undefined) return 'json-string';
  return match[3] !== undefined ? 'json-word' : 'json-number';
}
