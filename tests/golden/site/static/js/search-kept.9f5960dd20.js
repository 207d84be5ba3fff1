

const MOST = { searches: 8, "saved-searches": 50 };

export class Kept {
constructor(storage) {
this.storage = storage;
}

list(shelf) {
return (this.storage.recall(shelf) ?? "").split("\n").filter(Boolean);
}

keep(shelf, address) {
if (address) this.write(shelf, [address, ...this.list(shelf).filter((each) => each !== address)]);
}

forget(shelf, address) {
this.write(shelf, address === undefined ? [] : this.list(shelf).filter((each) => each !== address));
}

isSaved(address) {
return this.list("saved-searches").includes(address);
}

write(shelf, addresses) {
this.storage.remember(shelf, addresses.slice(0, MOST[shelf]).join("\n") || null);
}
}
