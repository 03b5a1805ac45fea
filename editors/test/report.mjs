// What is played at the same time is told in a fixed order: a part says its lines at once when all that stands before it
// has ended, and keeps them until then.

export class Report {
  #write;
  /** Lines and parts that are not written yet, in order. */
  #waiting = [];
  #current = true;
  ended = false;

  /** @param write gets each text in its turn */
  constructor(write) {
    this.#write = write;
  }

  /** A part of its own at this place; what is said here comes behind it. */
  part() {
    const part = new Report((text) => this.#write(text));
    part.#current = false;
    part.onEnd = () => this.#flush();
    this.#waiting.push(part);
    this.#flush();
    return part;
  }

  say(text) {
    this.#waiting.push(text);
    this.#flush();
  }

  /** Nothing more is said here. */
  end() {
    this.ended = true;
    this.#flush();
    this.onEnd?.();
  }

  #flush() {
    while (this.#current && this.#waiting.length > 0) {
      const [first] = this.#waiting;
      if (first instanceof Report) {
        first.#current = true;
        first.#flush();
        if (!first.ended || first.#waiting.length > 0) return;
      } else {
        this.#write(first);
      }
      this.#waiting.shift();
    }
  }
}
