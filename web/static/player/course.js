// The way through a routine: where the runner is, what the clock says, what was done. It draws and says nothing itself.
// Where a step is comes from the clock and not from counting ticks, so that a page that slept has lost no second.

import { cycle, isWork, lineOf, moveOf, subject } from "./line.js";
import { read, settings, store } from "./store.js";

const LEAD_S = 3; // counted in before the first repetition of the metronome
const AWAY_MS = 5000; // later than this after a step's end, the runner was away: wait
const RESTART_MS = 3000; // "back" within a step that is older begins it again
const REACH_MS = 2000; // it takes to reach the phone: so much of what went on by feel is not counted
const BEATS = ["down", "still", "up"];

// step: which of the line; met: by move, whether it was come to; left: the step's milliseconds still to go when it does not run;
// choice: by move, 0 as planned; change: by move, [rule, after which set]; did: by move, by set, by side, what was done; spare: by move, how many were
// left at the end; count: of the repetitions of this set; began: when the routine was started; done: at its end.
const fresh = () => ({
  step: 0, met: {}, left: null, choice: {}, change: {}, did: {}, spare: {}, count: null, began: null, done: false,
});

export class Course {
  line = [];
  running = false;
  open = false;
  #ends = 0;

  // on: told "step" when a step begins, "done" at the end, "did" when there is something to hand on, "shown" when only the screen changes.
  constructor(routine, place, on) {
    this.routine = routine;
    this.place = place;
    this.on = on;
    this.state = fresh();
    this.relay();
  }

  relay() {
    this.line = lineOf(this.routine, this.state);
  }

  get step() {
    return this.line[this.state.step];
  }

  get following() {
    const next = this.line[this.state.step + 1];
    return next?.kind === "more" && !this.#goesOn(next) ? this.line[this.state.step + 2] : next;
  }

  get about() {
    return subject(this.line, this.step);
  }

  moveOf(number) {
    return moveOf(this.routine, number, this.state.choice);
  }

  // ── Time ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  // Whether a step is counted to the beat; a set of repetitions counts down only then.
  beaten(step = this.step) {
    const counts = step.kind === "reps" || (step.kind === "more" && step.move.steps.some(([kind]) => kind === "reps"));
    return counts && step.move.tempo.length > 0 && settings.get("metronome");
  }

  timed(step = this.step) {
    return step.kind !== "reps" || this.beaten(step);
  }

  // Whether a set goes on by the clock: what the runner counts goes on in its own step.
  #goesOn(step) {
    return step.move.steps.some(([kind]) => kind === "hold") || this.beaten(step);
  }

  // In milliseconds.
  length(step = this.step) {
    if (step.kind === "more") return 1000 * (step.upTo - step.amount) * (this.beaten(step) ? cycle(step) : 1);
    return 1000 * (this.beaten(step) ? LEAD_S + step.amount * cycle(step) : step.seconds);
  }

  get left() {
    // Never more than the whole step: a phone's clock may be put back.
    const left = this.running && this.timed() ? this.#ends - Date.now() : (this.state.left ?? 0);
    return Math.max(0, Math.min(left, this.length()));
  }

  get totalLeft() {
    const after = this.line.slice(this.state.step + 1).reduce((sum, s) => sum + s.seconds, 0);
    if (this.step.kind === "more") return after;
    return after + (this.timed() ? this.left / 1000 : this.step.seconds);
  }

  get whole() {
    return this.line.reduce((sum, s) => sum + s.seconds, 0);
  }

  // The repetition and its part at this moment by the metronome, [4, "down"]; [2, "ready"] while it is counted in.
  beat(left = this.left / 1000) {
    const more = this.step.kind === "more";
    const gone = this.length() / 1000 - left - (more ? 0 : LEAD_S);
    if (gone < 0) return [Math.ceil(-gone), "ready"];
    const each = cycle(this.step);
    const [down, still] = this.step.move.tempo;
    const [within, before, most] = [gone % each, more ? this.step.amount : 0, more ? this.step.upTo : this.step.amount];
    return [Math.min(most, before + Math.floor(gone / each) + 1), BEATS[within < down ? 0 : within < down + still ? 1 : 2]];
  }

  // Whether the runner has been at a move and is past it.
  passed(number) {
    return this.state.met[number] === true && (this.state.done || this.step.number !== number);
  }

  // Repetitions or seconds done of a step that is timed, were it to end now.
  #sofar() {
    const gone = this.length() - this.left;
    if (this.step.kind === "more") {
      const more = this.beaten() ? gone / 1000 / cycle(this.step) : 5 * Math.floor((gone - REACH_MS) / 5000);
      return this.step.amount + Math.max(0, Math.floor(more));
    }
    if (this.beaten()) return Math.max(0, Math.floor((gone / 1000 - LEAD_S) / cycle(this.step)));
    return Math.floor(gone / 1000);
  }

  // ── Going on, back, and stopping ───────────────────────────────────────────────────────────────────────────────────

  go(to, from = Date.now(), way = 1) {
    let next = Math.max(0, to);
    if (this.line[next]?.kind === "more" && !this.#goesOn(this.line[next])) next += way;
    if (next >= this.line.length) return this.#finish();
    this.state.step = next;
    this.state.met[this.step.number] = true;
    this.state.left = this.length();
    this.state.count = this.step.kind === "reps" ? this.#firstCount() : null;
    this.#ends = from + this.state.left;
    this.save();
    return this.on("step");
  }

  run() {
    this.state.began ??= Date.now();
    this.running = true;
    this.#ends = Date.now() + this.state.left;
    this.on("shown");
  }

  pause() {
    if (!this.running) return;
    this.state.left = this.left;
    this.running = false;
    this.save();
    this.on("shown");
  }

  // What the large button does.
  main() {
    if (this.state.done) return;
    if (!this.running) this.run();
    else if (this.step.kind === "more") this.#end(this.#sofar());
    else if (this.timed()) this.pause();
    else this.#end(this.state.count);
  }

  // What was cut short counts as far as it went; a set that was not begun is not counted.
  skip() {
    if (this.state.done) return;
    if (isWork(this.step) && this.timed() && this.#sofar() >= (this.beaten() ? 1 : 5)) this.did(this.step, this.#sofar());
    this.#past();
  }

  back() {
    if (this.state.done) return;
    const old = this.timed() && this.length() - this.left > RESTART_MS;
    this.go(old ? this.state.step : this.state.step - 1, Date.now(), -1);
  }

  tick() {
    if (!this.running || !this.open || this.state.done) return;
    const late = Date.now() - this.#ends;
    if (!this.timed() || late < 0) return;
    // Nobody said how far it went on: then it counts as planned.
    if (isWork(this.step)) this.did(this.step, this.step.amount);
    this.on("over");
    this.go(this.state.step + 1, late < AWAY_MS ? this.#ends : Date.now());
    if (late >= AWAY_MS && !this.state.done) this.pause();
  }

  #end(amount) {
    this.did(this.step, amount);
    this.#past();
  }

  // Over what would have gone on by feel: where the set ends has been said.
  #past() {
    const next = this.state.step + 1;
    this.go(this.line[next]?.kind === "more" ? next + 1 : next);
  }

  #finish() {
    this.state.done = true;
    this.running = false;
    this.save();
    this.on("did");
    this.on("done");
  }

  // ── What was done ──────────────────────────────────────────────────────────────────────────────────────────────────

  did({ number, set, side }, amount) {
    const sets = (this.state.did[number] ??= {});
    (sets[set] ??= {})[side] = amount;
    this.save();
    this.on("did");
  }

  // A set counts as its weaker side; null: not done.
  doneOf(number, set) {
    const sides = Object.values(this.state.did[number]?.[set] ?? {});
    return sides.length ? Math.min(...sides) : null;
  }

  setDone(step, amount) {
    const sides = new Set(step.move.steps.filter(([kind, , set]) => set === step.set && (kind === "hold" || kind === "reps")).map(([, , , side]) => side));
    for (const side of sides) this.did({ ...step, side }, amount);
    this.on("shown");
  }

  // The second side starts with what the first has done.
  #firstCount() {
    const { number, set, side, amount } = this.step;
    const sides = this.state.did[number]?.[set] ?? {};
    return sides[side] ?? Object.values(sides)[0] ?? amount;
  }

  count(by) {
    this.state.count = Math.max(0, Math.min(this.step.upTo, this.state.count + by));
    this.save();
    this.on("shown");
  }

  spare(number, left) {
    this.state.spare[number] = left;
    this.save();
    this.on("did");
    this.on("shown");
  }

  // The rule of the mail from the next set on; null: as planned.
  change(number, rule, after) {
    if (rule === null) delete this.state.change[number];
    else this.state.change[number] = [rule, after];
    this.relay();
    this.save();
    this.on("did");
    this.on("shown");
  }

  swap(number, choice) {
    if ((this.state.choice[number] ?? 0) !== choice) delete this.state.did[number];
    this.state.choice[number] = choice;
    delete this.state.change[number];
    delete this.state.spare[number];
    this.relay();
    this.on("did");
    this.go(this.line.findIndex((s) => s.number === number));
    this.run();
  }

  // ── For the tab's life ─────────────────────────────────────────────────────────────────────────────────────────────

  #of() {
    return this.routine.moves.map((m) => [m.slug, m.sets, m.amount, m.instead.length]).join();
  }

  save() {
    store("sessionStorage", this.place, JSON.stringify({ ...this.state, left: this.left, of: this.#of() }));
  }

  // Whether there was something to come back to. What is of another plan, or was spoilt, is none.
  restore() {
    const kept = read("sessionStorage", this.place);
    if (kept?.of !== this.#of()) return false;
    const { of: _, ...rest } = kept;
    try {
      this.state = { ...fresh(), ...rest };
      this.relay();
    } catch {
      this.forget();
    }
    if (this.state.began !== null && this.step) return true;
    this.forget();
    return false;
  }

  forget() {
    this.state = fresh();
    this.running = false;
    this.relay();
    store("sessionStorage", this.place, null);
  }
}
