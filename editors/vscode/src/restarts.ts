// What happens when the server ends by itself: it is started again, later each time, and in the end no more.

import { CloseAction, ErrorAction, type CloseHandlerResult, type ErrorHandler, type ErrorHandlerResult } from 'vscode-languageclient/node';

/** Ends within so many milliseconds are counted together. */
const WINDOW = 3 * 60_000;
/** Milliseconds to wait before each new start; as many starts as there are waits. */
const WAITS = [0, 1_000, 4_000, 10_000];

export class Restarts implements ErrorHandler {
  private readonly ends: number[] = [];

  /**
   * @param onWaiting told before each new start, with the milliseconds until then
   * @param onGivenUp told when it is not started again, with a sentence for the user
   */
  constructor(
    private readonly onWaiting: (wait: number) => void,
    private readonly onGivenUp: (message: string) => void,
  ) {}

  error(_error: Error, _message: unknown, count: number | undefined): ErrorHandlerResult {
    // A message that cannot be written or read: the connection's end follows where it matters.
    return { action: (count ?? 0) < 10 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
  }

  async closed(): Promise<CloseHandlerResult> {
    const now = Date.now();
    this.ends.push(now);
    const recent = this.ends.filter((end) => now - end < WINDOW).length;
    const wait = WAITS[recent - 1];
    if (wait === undefined) {
      this.onGivenUp(`azapi-ls ended ${recent} times within 3 minutes and is not started again.`);
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    this.onWaiting(wait);
    await new Promise((resolve) => setTimeout(resolve, wait));
    return { action: CloseAction.Restart, handled: true };
  }
}
