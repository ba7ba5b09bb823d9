// Small things that every part of the page needs.

export const $ = (id) => document.getElementById(id);

// For a screen reader, once it has said what it is saying.
export function announce(text) {
  $("announce").textContent = text;
}

export function lines(strong, soft) {
  const made = (tag, text) => (text ? [Object.assign(document.createElement(tag), { textContent: text })] : []);
  return [...made("strong", strong), ...made("span", soft)];
}
