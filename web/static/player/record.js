// What was done of a session, for the answer page: kept on this device, in this browser, until it is saved there or the link's
// last day is over. Sets, repetitions, seconds, loads and swaps; nothing about health, and nothing in an address.

import { keysOf, read, store } from "./store.js";

const PREFIX = "stridewell.done.";

const today = () => new Date().toISOString().slice(0, 10);

// The lower of the two in the middle: one set that went wrong, or too well, is not the usual one.
const usual = (amounts) => [...amounts].sort((a, b) => a - b)[Math.floor((amounts.length - 1) / 2)];

// of one move: the fields of the answer form and their values; null: nothing to hand on.
function fieldsOf(course, number, any) {
  const planned = course.routine.moves[number];
  const move = course.moveOf(number);
  const swap = move === planned ? "" : move.slug;
  const done = Object.keys(course.state.did[number] ?? {})
    .map((set) => [Number(set), course.doneOf(number, set)])
    .filter(([set, amount]) => amount > 0 && whole(course, number, set))
    .sort(([a], [b]) => a - b);
  if (!done.length) return any && course.passed(number) ? { sets: 0 } : null;
  const [index, after] = course.state.change[number] ?? [null, 0];
  const changed = index !== null && done.some(([set]) => set > after);
  const rule = changed ? move.rules[index] : null;
  const amounts = done.filter(([set]) => !rule || set > after).map(([, amount]) => amount);
  const found = { swap, sets: done.length, amount: usual(amounts) };
  const spare = course.state.spare[number];
  if (spare !== undefined) {
    // The answer counts from one amount: the plan's where it is the week's question, else that of the usual set.
    if (planned.asked && !swap && !rule) found.amount = Math.min(found.amount, planned.amount);
    const beyond = (amounts.at(-1) - found.amount) / (move.unit === "seconds" ? 3 : 1);
    found.left = Math.max(0, Math.min(5, Math.floor(beyond) + spare));
  }
  if (rule?.key && !swap) found.switch = rule.key;
  if (rule && swap && rule.number) found.load = rule.number;
  return found;
}

// Whether both sides of a set were done.
function whole(course, number, set) {
  const sides = new Set(course.moveOf(number).steps.filter(([kind, , of]) => of === set && (kind === "hold" || kind === "reps")).map(([, , , side]) => side));
  return [...sides].every((side) => course.state.did[number][set][side] > 0);
}

// Whether it is kept. Another tab may have written before: what this one has not come to stays.
export function keep(course, { key, until, address }) {
  const { routine } = course;
  const numbers = routine.moves.map((_, number) => number).filter((number) => routine.moves[number].slug);
  const any = numbers.some((number) => fieldsOf(course, number, false));
  if (!any) return true;
  const name = `${PREFIX}${key}.${routine.session}`;
  const moves = { ...read("localStorage", name)?.moves };
  for (const number of numbers) {
    const fields = fieldsOf(course, number, any);
    if (fields) moves[routine.moves[number].slug] = fields;
    else if (course.state.met[number]) delete moves[routine.moves[number].slug];
  }
  return store("localStorage", name, JSON.stringify({ ...read("localStorage", name), until, address, name: routine.name, moves }));
}

// How the session was, tapped while there was no network.
export function keepEffort({ key }, session, effort) {
  const name = `${PREFIX}${key}.${session}`;
  const kept = read("localStorage", name);
  return kept !== null && store("localStorage", name, JSON.stringify({ ...kept, effort }));
}

// What waits to be saved of a week, by session.
export function waiting(key) {
  sweep();
  return keysOf("localStorage")
    .filter((name) => name.startsWith(`${PREFIX}${key}.`))
    .map((name) => [name.slice(PREFIX.length + key.length + 1), read("localStorage", name)])
    .filter(([, kept]) => kept?.moves);
}

// As the answer form posts it.
export function fields(key) {
  const form = new URLSearchParams();
  for (const [session, kept] of waiting(key)) {
    if (kept.effort) form.append(`s${session}.effort`, kept.effort);
    for (const [slug, told] of Object.entries(kept.moves)) {
      for (const [what, value] of Object.entries(told ?? {})) form.append(`s${session}.${slug}.${what}`, String(value));
    }
  }
  return form;
}

export function forget(key) {
  for (const [session] of waiting(key)) store("localStorage", `${PREFIX}${key}.${session}`, null);
}

// What is past its last day, or cannot be read, goes.
function sweep() {
  for (const name of keysOf("localStorage")) {
    if (name.startsWith(PREFIX) && !(read("localStorage", name)?.until >= today())) store("localStorage", name, null);
  }
}
