// What the keys ask for, one after the other: a key that waits for entries to be read holds up the keys that follow it.

export class Steps {
  constructor() {
    this.waiting = 0;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  /** Take a step: at once if none is waiting and it need not wait for anything itself. @param {() => void} step @param {Promise<void>} [ready] */
  take(step, ready) {
    if (!ready && !this.waiting) return step();
    this.waiting++;
    this.last = Promise.all([this.last, ready]).then(() => {
      this.waiting--;
      step();
    });
  }
}
