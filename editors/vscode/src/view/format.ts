// Durations and statuses in words.
/** `840 ms`, `1.24 s`, `2 m 05 s`; `–` when it is not known. */
export function duration(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined) return '–';
  if (milliseconds < 1000) return `${milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

const words: Record<string, string> = { timedOut: 'timed out' };

export function statusWord(status: string): string {
  return words[status] ?? status;
}

export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** Distances for the ticks of a time axis: 1, 2 or 5 times a power of ten, at most `most` of them. */
export function tickStep(total: number, most: number): number {
  const rough = Math.max(total, 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? 10 * power;
}
