// Searches that the browser keeps: recent searches that were really made, and searches that the reader saved.

/** @typedef {"searches" | "saved-searches"} Shelf */
/** @typedef {{ recall: (key: string) => string | null, remember: (key: string, value: string | null) => void }} Storage */

/** @type {Record<Shelf, number>} */
const MOST = { searches: 8, "saved-searches": 50 };

/** Searches as query strings, the newest first. They are read anew each time, since other tabs change them too. */
export class Kept {
  /** @param {Storage} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /** @param {Shelf} shelf */
  list(shelf) {
    return (this.storage.recall(shelf) ?? "").split("\n").filter(Boolean);
  }

  /** Keep a search as the newest. @param {Shelf} shelf @param {string} address */
  keep(shelf, address) {
    if (address) this.write(shelf, [address, ...this.list(shelf).filter((each) => each !== address)]);
  }

  /** Forget one search, or all. @param {Shelf} shelf @param {string} [address] */
  forget(shelf, address) {
    this.write(shelf, address === undefined ? [] : this.list(shelf).filter((each) => each !== address));
  }

  /** @param {string} address */
  isSaved(address) {
    return this.list("saved-searches").includes(address);
  }

  /** @param {Shelf} shelf @param {string[]} addresses */
  write(shelf, addresses) {
    this.storage.remember(shelf, addresses.slice(0, MOST[shelf]).join("\n") || null);
  }
}
