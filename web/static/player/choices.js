// What the runner can choose on the way: the rule of the mail between two sets, what a set came to, what to do instead.

import { $, announce, lines } from "./dom.js";
import { isWork, resting } from "./line.js";
import * as words from "./words.js";

function choice(strong, soft, on, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet rule";
  button.setAttribute("aria-pressed", String(on));
  button.append(...lines(strong, soft));
  button.addEventListener("click", act);
  return button;
}

export function showChoices(course) {
  const { step } = course;
  const held = document.activeElement?.closest?.("#rules, #did")?.id;
  const at = held ? [...$(held).querySelectorAll("button")].indexOf(document.activeElement) : -1;
  const session = course.routine.session !== null && resting(step);
  const more = session && step.set < step.move.sets && step.move.steps.some(([, , s]) => s > step.set);
  $("rules").replaceChildren(...(more ? rules(course) : session && step.move.left.length ? [spare(course)] : []));
  showDid(course, session);
  // What was pressed keeps the focus, or its place passes on: it must not be lost.
  if (held) ([...$(held).querySelectorAll("button")][at] ?? $("main-button")).focus();
}

// The set that has just ended, to be put right: there was no hand free before.
function showDid(course, session) {
  $("did").hidden = !session;
  if (!session) return;
  const { step } = course;
  const work = course.line.findLast((s) => s.number === step.number && s.set === step.set && isWork(s));
  const amount = course.doneOf(step.number, step.set);
  const by = step.move.unit === "seconds" ? 5 : 1;
  $("did-amount").textContent = words.counted(amount ?? 0, step.move);
  const to = (way) => {
    const next = amount === null || (way > 0 && amount === 0) ? (way > 0 ? work.amount : 0) : amount + way * by;
    return Math.max(0, Math.min(work.upTo, next));
  };
  for (const [id, way] of [["did-fewer", -1], ["did-more", 1]]) {
    const next = to(way);
    $(id).disabled = next === (amount ?? 0);
    $(id).onclick = () => {
      course.setDone(step, next);
      announce(words.counted(next, step.move));
    };
  }
}

// Between two sets, as buttons that change the sets to come.
function rules(course) {
  const { number, move, set } = course.step;
  return move.rules.map((rule, index) => {
    const on = course.state.change[number]?.[0] === index;
    return choice(rule.asks, rule.says, on, () => {
      course.change(number, on ? null : index, set);
      announce(on ? words.asPlanned() : rule.says);
    });
  });
}

// After the last: how many were left is what the next week is planned by.
function spare(course) {
  const { number, move } = course.step;
  const group = document.createElement("div");
  const [title, hint] = [document.createElement("p"), document.createElement("p")];
  group.className = "spare";
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", "spare-title");
  Object.assign(title, { id: "spare-title", textContent: words.howManyLeft(move) });
  Object.assign(hint, { className: "hint", textContent: words.leftHint() });
  const buttons = move.left.map((label, left) => choice(label, "", course.state.spare[number] === left, () => course.spare(number, left)));
  group.append(title, ...buttons, hint);
  return group;
}

export function showSwaps(course, open) {
  const box = $("swaps");
  box.hidden = !open;
  $("swap").setAttribute("aria-expanded", String(open));
  if (!open) return;
  course.pause();
  const { number } = course.about;
  const planned = course.routine.moves[number];
  const title = Object.assign(document.createElement("p"), { textContent: words.swapTitle() });
  const ways = [planned, ...planned.instead].map((move, index) => {
    const soft = words.way(move, !index);
    return choice(move.name, soft, (course.state.choice[number] ?? 0) === index, () => {
      showSwaps(course, false);
      course.swap(number, index);
      $("main-button").focus();
    });
  });
  box.replaceChildren(title, ...ways);
  box.querySelector("button").focus();
}
