// What the player says: on the screen, aloud, and to a screen reader. Exercises, doses and rules come in words from the page.

export const capital = (text) => text && text[0].toUpperCase() + text.slice(1);
const side = (step) => (step.side ? `${step.side} side` : "");
const list = (...parts) => parts.filter(Boolean);

export const clock = (seconds) => {
  const whole = Math.ceil(seconds - 0.05);
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
const spoken = (seconds) => (seconds < 100 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`);
export const counted = (amount, move) => `${amount} ${{ seconds: "s" }[move.unit] ?? move.unit}`;
export const minutes = (seconds) => (seconds > 90 ? `${Math.ceil(seconds / 60)} min left` : `${Math.ceil(seconds)} s left`);

export function where(step, running) {
  const of = step.move.sets < 2 ? "" : `${step.move.set_word} ${step.set} of ${step.move.sets}`;
  const what = { "warm-up": "First", ready: "Get ready", rest: of && `${of} done`, down: "Well done", more: "Still good?" }[step.kind] ?? of;
  return list(running ? "" : "Paused", what, step.kind === "switch" ? "" : capital(side(step))).join(" · ");
}

export function title(step) {
  if (step.kind === "rest") return "Rest";
  if (step.kind === "down") return "Come down";
  if (step.kind === "switch") return capital(side(step));
  return step.move.name;
}

// about: what the step leads to. tempo: whether there is something to say of it.
export function what(step, about) {
  const { kind, move, load } = step;
  if (kind === "warm-up") return move.dose;
  if (kind === "down") return "Walk about until your breath is quiet.";
  if (kind === "hold") return list(`${step.amount} s`, load).join(" · ");
  if (kind === "reps") return list(load, move.tempo_words).join(" · ");
  if (kind === "more") return `Go on, to ${counted(step.upTo, move)} at most`;
  if (kind === "switch") return move.name;
  const dose = list(counted(about.amount, about.move), about.load).join(" · ");
  return kind === "ready" ? dose : `Then ${list(about.move.name, side(about)).join(", ")}: ${dose}`;
}

export function next(step) {
  if (!step) return "This is the last step";
  if (step.kind === "rest" || step.kind === "down") return `Next: rest, ${step.seconds} s`;
  if (step.kind === "ready") return `Next: ${step.move.name}`;
  if (step.kind === "switch") return `Next: switch to the ${side(step)}`;
  if (step.kind === "more") return `Next: on to ${counted(step.upTo, step.move)}, if you can`;
  return `Next: ${list(step.move.name, side(step)).join(", ")}`;
}

// One sentence a step, for the ear and for a screen reader; never the seconds. The rule by feel and the cue are said once.
export function told(step, about) {
  const first = step.set === 1 && step.side !== "right";
  const set = (amount) => list(
    capital(side(step)), amount, step.load === "bodyweight" ? "" : step.load,
    first ? step.feel.replace(/\.$/, "") : step.upTo > step.amount ? `You may go on to ${step.upTo}` : "",
    first ? step.move.cue : "",
  ).join(". ");
  return {
    "warm-up": () => `Warm up, ${spoken(step.seconds)}.`,
    ready: () => `Next, ${step.move.name}. ${capital(side(step))}`,
    switch: () => `Switch. ${capital(side(step))}.`,
    rest: () => `Rest, ${spoken(step.seconds)}.${about === step ? "" : ` Then ${about.number === step.number ? "the next set" : about.move.name}.`}`,
    down: () => "Last rest. Walk about until your breath is quiet.",
    hold: () => set(spoken(step.amount)),
    reps: () => set(`${step.amount} ${step.move.unit}`),
    more: () => `${step.amount}. ${step.move.goes_on}`,
  }[step.kind]();
}

export const reached = (course) =>
  course.state.count >= course.step.upTo && course.step.upTo > course.step.amount
    ? `${counted(course.state.count, course.step.move)}. That is the most: stop.`
    : counted(course.state.count, course.step.move);

export const howManyLeft = (move) => (move.unit === "reps" ? "How many more had you in you?" : "How much longer could you have gone on?");
export const leftHint = "It goes into your answer.";
export const asPlanned = "As planned.";
export const swapTitle = "Not possible today? Do this instead:";
export const dose = (move) => list(move.dose, move.per, move.load).join(" · ");
export const done = (routine) => `Done. ${routine.name} is behind you.`;
export const took = (routine, minutes) => `${routine.name}, ${minutes} ${minutes === 1 ? "minute" : "minutes"} from start to end.`;
export const swapped = (pairs) => pairs.map(([was, is]) => `You did ${is} in place of ${was}.`).join(" ");
export const handedOn = "What you did stands in your answer already: look it over, and one tap saves it.";
export const notHandedOn = "This browser keeps nothing: in your answer, under “set by set”, say what you did.";
export const mainButton = (course) => {
  if (!course.running) return course.state.began ? "Go on" : "Start";
  return course.step.kind === "more" || !course.timed() ? "Done" : "Pause";
};
