// What the player says: on the screen, aloud, and to a screen reader. All of it comes in the runner's language from the page
// (web/player_words.py); exercises, doses and rules come in words with the routine.

const { says = {} } = JSON.parse(document.getElementById("page-data").textContent);

const fill = (text, given) => text.replace(/%\((\w+)\)s/g, (_, name) => given[name]);
const say = (key, given = {}) => fill(says[key], given);
const capital = (text) => text && text[0].toUpperCase() + text.slice(1);
const side = (step) => (step.side ? say(step.side) : "");
const list = (...parts) => parts.filter(Boolean);

export const clock = (seconds) => {
  const whole = Math.ceil(seconds - 0.05);
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
const spoken = (seconds) =>
  seconds < 100 ? say("spoken_seconds", { number: seconds }) : say("spoken_minutes", { number: Math.round(seconds / 60) });
export const counted = (amount, move) => fill(says.counted[move.unit], { amount });
export const unit = (name) => says.units[name];
export const beat = (name) => says.beats[name];
export const minutes = (seconds) =>
  seconds > 90 ? say("minutes_left", { number: Math.ceil(seconds / 60) }) : say("seconds_left", { number: Math.ceil(seconds) });

export function where(step, running) {
  const { sets, set_word: set } = step.move;
  const of = sets < 2 ? "" : say("of_sets", { set, number: step.set, sets });
  const kinds = {
    "warm-up": () => say("first"),
    ready: () => say("get_ready"),
    rest: () => of && say("set_done", { set: of }),
    down: () => say("well_done"),
    more: () => say("still_good"),
  };
  const what = kinds[step.kind]?.() ?? of;
  return list(running ? "" : say("paused"), what, step.kind === "switch" ? "" : capital(side(step))).join(" · ");
}

export function title(step) {
  if (step.kind === "rest") return say("rest");
  if (step.kind === "down") return say("come_down");
  if (step.kind === "switch") return capital(side(step));
  return step.move.name;
}

// about: what the step leads to. tempo: whether there is something to say of it.
export function what(step, about) {
  const { kind, move, load } = step;
  if (kind === "warm-up") return move.dose;
  if (kind === "down") return say("walk_about");
  if (kind === "hold") return list(fill(says.counted.seconds, { amount: step.amount }), load).join(" · ");
  if (kind === "reps") return list(load, move.tempo_words).join(" · ");
  if (kind === "more") return say("go_on_to", { amount: counted(step.upTo, move) });
  if (kind === "switch") return move.name;
  const dose = list(counted(about.amount, about.move), about.load).join(" · ");
  return kind === "ready" ? dose : say("then", { step: list(about.move.name, side(about)).join(", "), dose });
}

export function next(step) {
  if (!step) return say("last_step");
  if (step.kind === "rest" || step.kind === "down") return say("next_rest", { seconds: step.seconds });
  if (step.kind === "ready") return say("next", { step: step.move.name });
  if (step.kind === "switch") return say("next_switch", { side: side(step) });
  if (step.kind === "more") return say("next_more", { amount: counted(step.upTo, step.move) });
  return say("next", { step: list(step.move.name, side(step)).join(", ") });
}

// One sentence a step, for the ear and for a screen reader; never the seconds. The rule by feel and the cue are said once.
export function told(step, about) {
  const first = step.set === 1 && step.side !== "right";
  const set = (amount) => list(
    capital(side(step)), amount, step.load === say("bodyweight") ? "" : step.load,
    first ? step.feel.replace(/\.$/, "") : step.upTo > step.amount ? say("on_to", { number: step.upTo }) : "",
    first ? step.move.cue : "",
  ).join(". ");
  const after = () => (about.number === step.number ? say("say_next_set") : say("say_then", { exercise: about.move.name }));
  return {
    "warm-up": () => say("say_warm_up", { time: spoken(step.seconds) }),
    ready: () => say("say_ready", { exercise: step.move.name, side: capital(side(step)) }),
    switch: () => say("say_switch", { side: capital(side(step)) }),
    rest: () => list(say("say_rest", { time: spoken(step.seconds) }), about === step ? "" : after()).join(" "),
    down: () => say("last_rest"),
    hold: () => set(spoken(step.amount)),
    reps: () => set(fill(says.counted[step.move.unit], { amount: step.amount })),
    more: () => `${step.amount}. ${step.move.goes_on}`,
  }[step.kind]();
}

export const reached = (course) => {
  const amount = counted(course.state.count, course.step.move);
  return course.state.count >= course.step.upTo && course.step.upTo > course.step.amount ? say("the_most", { amount }) : amount;
};

export const howManyLeft = (move) => say(move.unit === "reps" ? "how_many_left" : "how_much_longer");
export const leftHint = () => say("left_hint");
export const asPlanned = () => say("as_planned");
export const swapTitle = () => say("swap_title");
const dose = (move) => list(move.dose, move.per, move.load).join(" · ");
export const way = (move, planned) => (planned ? say("with_planned", { dose: dose(move) }) : dose(move));
export const done = (routine) => say("done", { routine: routine.name });
export const took = (routine, minutes) => say(minutes === 1 ? "took_one" : "took", { routine: routine.name, number: minutes });
export const swapped = (pairs) => pairs.map(([planned, done]) => say("swapped", { planned, done })).join(" ");
export const handedOn = () => say("handed_on");
export const notHandedOn = () => say("not_handed_on");
export const onTheRun = (cue) => say("on_the_run", { cue });
export const voiceOn = () => say("voice_on");
export const begin = (began) => say(began ? "go_on" : "start");
export const mainButton = (course) => {
  if (!course.running) return begin(course.state.began);
  return say(course.step.kind === "more" || !course.timed() ? "done_button" : "pause");
};
