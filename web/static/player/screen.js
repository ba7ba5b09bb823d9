// The player as it is seen: one step large, what comes next, and the end.

import { showChoices } from "./choices.js";
import { $, lines } from "./dom.js";
import { isWork, resting } from "./line.js";
import { settings } from "./store.js";
import { beep } from "./sound.js";
import * as words from "./words.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const BEEP_S = 3; // the last seconds of a step that are heard
let heard = null;

function text(id, words) {
  if ($(id).textContent !== words) $(id).textContent = words;
}

// A new step is heard from its beginning.
export function listenAnew() {
  heard = null;
}

export function show(course) {
  const { state, step, about } = course;
  $("player").classList.toggle("done", state.done);
  for (const id of ["stage", "foot", "bar"]) $(id).hidden = state.done;
  $("end").hidden = !state.done;
  if (state.done) return showEnd(course);
  $("player").dataset.kind = step.kind;
  $("player").classList.toggle("paused", !course.running);
  showPicture(about.move);
  text("where", words.where(step, course.running));
  text("name", words.title(step));
  text("what", words.what(step, about));
  text("feel", isWork(step) ? step.feel : "");
  // There is time to read how it is done before a set, and no room for it in one.
  const reading = step.kind === "warm-up" || (step.kind === "ready" && step.seconds > 20);
  const cue = reading ? step.move.how : about.move.cue;
  const running = isWork(step) && about.move.running;
  $("cue").replaceChildren(...lines(resting(step) ? "" : cue, running ? words.onTheRun(about.move.running) : ""));
  showChoices(course);
  text("next", step.kind === "rest" ? "" : words.next(course.following));
  text("main-button", words.mainButton(course));
  $("back").disabled = state.step === 0;
  $("swap").hidden = !about.move.instead?.length && !state.choice[about.number];
  $("tool-metronome").hidden = !course.line.some((s) => s.move.tempo.length);
  showSettings();
  return showTime(course);
}

export function showSettings() {
  for (const key of settings.names) {
    $(`tool-${key}`).setAttribute("aria-pressed", String(settings.get(key)));
    if ($(key)) $(key).checked = settings.get(key);
  }
}

function showPicture(move) {
  const drawn = still.matches ? move.still : move.moving;
  if ($("picture").dataset.of === drawn) return;
  $("picture").dataset.of = $("picture").src = drawn;
  $("picture").onerror = () => {
    $("picture").onerror = null;
    $("picture").src = move.still;
  };
}

function beatOf(course, left) {
  const [second, name] = course.beat(left);
  return [String(second), words.beat(name)];
}

// What changes within a step.
export function showTime(course) {
  const { step, state } = course;
  const left = course.left / 1000;
  const counting = state.count !== null && !course.beaten();
  let [big, under, share] = [words.clock(left), "", (left * 1000) / course.length()];
  if (course.beaten()) [big, under] = beatOf(course, left);
  else if (counting) [big, under, share] = [String(state.count), words.unit(step.move.unit), 1];
  else if (step.kind === "more") [big, under] = [String(step.amount + Math.floor(course.length() / 1000 - left)), words.unit("seconds")];
  text("clock", big);
  $("clock").classList.toggle("long", big.length > 3);
  text("beat", under);
  $("ring").style.strokeDashoffset = String(100 - 100 * share);
  for (const id of ["fewer", "further"]) $(id).hidden = !counting;
  $("count").classList.toggle("counting", counting);
  $("fewer").disabled = state.count === 0;
  $("further").disabled = state.count >= step.upTo;
  hear(course, left);
  showTotal(course);
}

// Beeps in the last seconds, and the metronome's on each second; each second once, and only the latest after a stall.
function hear(course, left) {
  const second = Math.ceil(left - 0.05);
  if (!course.running || second === heard) return;
  const first = heard === null;
  heard = second;
  if (course.beaten()) beep({ down: 440, still: 550, up: 660, ready: 330 }[course.beat(left)[1]], 0.06, 0.2);
  else if (course.timed() && second <= BEEP_S && second > 0 && !first && settings.get("beeps")) beep(660);
}

function showTotal(course) {
  const left = course.totalLeft;
  text("total", words.minutes(left));
  $("bar").firstElementChild.style.transform = `scaleX(${1 - left / course.whole})`;
  $("bar").setAttribute("aria-valuenow", String(Math.round(100 * (1 - left / course.whole))));
}

function showEnd(course) {
  const { routine, state } = course;
  text("took", words.took(routine, Math.max(1, Math.round((Date.now() - state.began) / 60000))));
  const pairs = routine.moves.flatMap((planned, n) => (state.choice[n] ? [[planned.name, course.moveOf(n).name]] : []));
  $("swapped").hidden = !pairs.length;
  text("swapped", words.swapped(pairs));
  const did = Object.keys(state.did).length > 0 && routine.session !== null;
  $("handed-on").hidden = !did;
  if (did) text("handed-on", course.kept ? words.handedOn() : words.notHandedOn());
  $("offline").hidden = navigator.onLine;
  text("total", "");
}
