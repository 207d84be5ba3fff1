


export const SINGLE = new Set(["kind", "year", "from", "to", "sort"]);
const FILTERS = ["tag", ...SINGLE];

export const asks = ({ query, filters }) => Boolean(query.trim()) || filters.some(({ type }) => type !== "sort");

export const labelOf = ({ type, value }) => (type === "tag" ? `#${value}` : type === "from" || type === "to" ? `${type}:${value}` : value);

export function expansionOf(id) {
const [from, to] = id.split("→");
return { id, from, to };
}

export function addressOf({ query, filters, off }) {
const parameters = new URLSearchParams();
if (query.trim()) parameters.set("q", query);
for (const { type, value } of filters) parameters.append(type, value);
for (const id of off) if (query.includes(expansionOf(id).from)) parameters.append("off", id);
const text = parameters.toString();
return text ? `?${text}` : "";
}

export function stateOf(search) {
const parameters = new URLSearchParams(search);
const filters = FILTERS.flatMap((type) => parameters.getAll(type).map((value) => ({ type, value, label: labelOf({ type, value }) })));
return { query: parameters.get("q") ?? "", filters, off: new Set(parameters.getAll("off")) };
}

export const nameOf = ({ query, filters }) => [query.trim(), ...filters.filter(({ type }) => type !== "sort").map(labelOf)].filter(Boolean).join(" · ");
