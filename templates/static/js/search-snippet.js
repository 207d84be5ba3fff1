export function markEntry(fragment, terms){ return {...fragment, terms:[...terms.keys()]}; }
