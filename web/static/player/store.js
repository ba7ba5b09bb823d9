// What is remembered on the device. A browser may refuse to store anything: then it is remembered for as long as the page is open.

const memory = new Map();

// where: "localStorage", "sessionStorage".
export function stored(where, key) {
  try {
    return window[where].getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

// Whether it will still be there on the next page.
export function store(where, key, value) {
  memory.set(key, value);
  try {
    if (value === null) window[where].removeItem(key);
    else window[where].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function keysOf(where) {
  try {
    return Object.keys(window[where]);
  } catch {
    return [...memory.keys()];
  }
}

// What can be read, else null: somebody else may have written under our name.
export function read(where, key) {
  try {
    return JSON.parse(stored(where, key) ?? "null");
  } catch {
    return null;
  }
}

const USUAL = { beeps: true, voice: false, metronome: false };

export const settings = {
  names: Object.keys(USUAL),
  get: (key) => (read("localStorage", `player.${key}`) ?? USUAL[key]) === true,
  set: (key, on) => store("localStorage", `player.${key}`, String(on)),
};
