// Waiting for an editor: everything it does takes a while, so every look at it is repeated until it is as wanted.

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A story's expectation that did not come true. */
export class Unmet extends Error {}

/**
 * Looks again and again until `look` gives something true, and gives that. After `limit` milliseconds: `Unmet`, with
 * `what` and what the last look gave or threw.
 */
export async function until(what, look, limit = 15_000) {
  const end = Date.now() + limit;
  let last = 'nothing';
  for (let pause = 15; ; pause = Math.min(pause * 1.5, 200)) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      last = error instanceof Seen ? error.message : String(error?.stack ?? error);
    }
    if (Date.now() > end) throw new Unmet(`${what}\n      last seen: ${last}`);
    await sleep(pause);
  }
}

/** Thrown by a look that is not satisfied, to say what it saw instead. */
export class Seen extends Error {
  constructor(seen) {
    super(typeof seen === 'string' ? seen : JSON.stringify(seen));
  }
}
