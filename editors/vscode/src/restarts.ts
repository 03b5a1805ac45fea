// When a server that ended by itself is started again: later each time, and in the end no more.

/** Ends within this many milliseconds are counted together. */
const WINDOW = 3 * 60_000;
/** Milliseconds to wait before each new start; as many starts as there are waits. */
const WAITS = [0, 1_000, 4_000, 10_000];

export class Restarts {
  private ends: number[] = [];

  /** The server ended. The milliseconds until the next start; `undefined` when there shall be none. */
  next(now: number): number | undefined {
    this.ends = [...this.ends.filter((end) => now - end < WINDOW), now];
    return WAITS[this.ends.length - 1];
  }

  /** How often it ended lately. */
  get count(): number {
    return this.ends.length;
  }

  /** The user takes it from here: what ended before counts no more. */
  forget(): void {
    this.ends = [];
  }
}
