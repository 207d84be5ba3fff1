

export function make(name, { text, ...attributes } = {}, ...children) {
const element = document.createElement(name);
for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
if (text !== undefined) element.textContent = text;
element.append(...children);
return element;
}

export const marked = (parts) => parts.map(({ text, mark, weak }) => (mark ? make("mark", { text, class: weak ? "weak" : undefined }) : document.createTextNode(text)));
