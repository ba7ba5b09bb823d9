// Follows a routine along: one step at a time, with its picture, its seconds, its sides and its rests. The page is whole
// without this. Where a step is, is kept for the tab's life, so that a reload or a phone call loses nothing.

const data = JSON.parse(document.getElementById("page-data").textContent);
const $ = (id) => document.getElementById(id);

const TICK_MS = 200;
const LEAD_S = 3; // counted in before the first repetition of the metronome
const AWAY_MS = 5000; // later than this after a step's end, the runner was away: wait
const RESTART_MS = 3000; // "back" within a step that is older begins it again
const BEEP_S = 3; // the last seconds of a step that are heard

const BEATS = ["down", "still", "up"];

const settings = {
  keys: { beeps: true, voice: false, metronome: false },
  get: (key) => JSON.parse(stored(localStorage, `player.${key}`) ?? String(settings.keys[key])),
  set: (key, on) => store(localStorage, `player.${key}`, String(on)),
};

// A browser may refuse to store anything: then it is remembered for as long as the page is open.
const memory = new Map();
function stored(where, key) {
  try {
    return where.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}
function store(where, key, value) {
  memory.set(key, value);
  try {
    if (value === null) where.removeItem(key);
    else where.setItem(key, value);
  } catch {
    /* remembered above */
  }
}

// ── Sound ────────────────────────────────────────────────────────────────────────────────────────────────────────────

let audio = null;

function wakeSound() {
  const Context = window.AudioContext;
  if (!Context) return;
  audio ??= new Context();
  if (audio.state === "suspended") audio.resume();
}

function beep(hertz, seconds = 0.09, loud = 0.25) {
  if (!audio || audio.state !== "running") return;
  const [tone, volume, now] = [audio.createOscillator(), audio.createGain(), audio.currentTime];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(loud, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + seconds);
}

const speech = window.speechSynthesis;

function speak(text) {
  if (!speech) return;
  speech.cancel();
  if (!settings.get("voice") || !text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "en-GB";
  speech.speak(words);
}

// ── The routine as one line of steps ─────────────────────────────────────────────────────────────────────────────────

const routine = data.routine ?? null;
const place = `player:${location.pathname}`;

// step: which of the line; left: its milliseconds still to go when it does not run; choice: by move, 0 as planned;
// change: by move, [rule, after which set]; began: when the routine was started; done: at its end.
let state = fresh();
let line = [];
let running = false;
let ends = 0;
let heard = null;

function fresh() {
  return { step: 0, left: null, choice: {}, change: {}, began: null, done: false };
}

function moveOf(number) {
  const planned = routine.moves[number];
  const choice = state.choice[number] ?? 0;
  return choice ? planned.instead[choice - 1] : planned;
}

function lineOf() {
  const steps = routine.moves.flatMap((_, number) => {
    const move = moveOf(number);
    const [index, after] = state.change[number] ?? [null, 0];
    const rule = index === null ? null : move.rules[index];
    return move.steps
      .filter(([, , set]) => !rule || set <= Math.max(rule.sets, after))
      .map(([kind, seconds, set, side]) => {
        const changed = rule && set > after && (kind === "hold" || kind === "reps");
        const scale = changed ? rule.amount / move.amount : 1;
        return {
          number, move, kind, set, side,
          seconds: Math.round(seconds * scale),
          amount: changed ? rule.amount : move.amount,
          load: changed ? rule.load : move.load,
        };
      });
  });
  const last = steps.at(-1);
  if (last.kind === "rest") last.kind = "down";
  return steps;
}

// Whether a step counts down; a set of repetitions does so only to the beat of the metronome.
const beaten = (step) => step.kind === "reps" && step.move.tempo.length > 0 && settings.get("metronome");
const timed = (step) => step.kind !== "reps" || beaten(step);
const cycle = (step) => step.move.tempo.reduce((sum, s) => sum + s, 0);
const length = (step) => 1000 * (beaten(step) ? LEAD_S + step.amount * cycle(step) : step.seconds);

const now = () => Date.now();
const leftOf = () => Math.max(0, running && timed(line[state.step]) ? ends - now() : (state.left ?? 0));

function totalLeft() {
  const step = line[state.step];
  const rest = line.slice(state.step + 1).reduce((sum, s) => sum + s.seconds, 0);
  return rest + (timed(step) ? leftOf() / 1000 : step.seconds);
}

// ── Going on, back, and stopping ─────────────────────────────────────────────────────────────────────────────────────

function go(to, from = now()) {
  if (to >= line.length) return finish();
  state.step = Math.max(0, to);
  const step = line[state.step];
  state.left = length(step);
  ends = from + state.left;
  heard = null;
  save();
  show();
  tell();
  return undefined;
}

function run() {
  wakeSound();
  state.began ??= now();
  running = true;
  ends = now() + state.left;
  heard = null;
  awake();
  show();
}

function pause() {
  if (!running) return;
  state.left = leftOf();
  running = false;
  speech?.cancel();
  save();
  show();
}

// The large button: what it does is what it says.
function main() {
  if (state.done) return;
  if (!running) {
    run();
    announce("");
  } else if (timed(line[state.step])) pause();
  else go(state.step + 1);
}

function skip() {
  if (!state.done) go(state.step + 1);
}

function back() {
  if (state.done) return;
  const step = line[state.step];
  const old = timed(step) && length(step) - leftOf() > RESTART_MS;
  go(old ? state.step : state.step - 1);
}

function tick() {
  if (!running || !$("player").open || state.done) return;
  const step = line[state.step];
  if (!timed(step)) return showTotal();
  const late = now() - ends;
  if (late < 0) return showTime();
  if (settings.get("beeps")) beep(990, 0.35);
  go(state.step + 1, late < AWAY_MS ? ends : now());
  if (late >= AWAY_MS && !state.done) pause();
  return undefined;
}

function finish() {
  state.done = true;
  running = false;
  save();
  show();
  awake();
  const words = `Done. ${routine.name} is behind you.`;
  announce(words);
  speak(words);
  $("end-title").focus();
}

function save() {
  store(sessionStorage, place, JSON.stringify({ ...state, left: leftOf(), of: routine.moves.map((m) => m.slug) }));
}

function restore() {
  const kept = JSON.parse(stored(sessionStorage, place) ?? "null");
  if (!kept || String(kept.of) !== String(routine.moves.map((m) => m.slug))) return false;
  const { of: _, ...rest } = kept;
  state = { ...fresh(), ...rest };
  line = lineOf();
  return state.began !== null && state.step < line.length;
}

let lock = null;
async function awake() {
  const wanted = $("player").open && !state.done;
  try {
    if (wanted && !document.hidden && !lock) {
      lock = (await navigator.wakeLock?.request("screen")) ?? null;
      lock?.addEventListener("release", () => { lock = null; });
    } else if (!wanted) await lock?.release();
  } catch {
    /* the screen may go dark: the steps do not depend on it */
  }
}

// ── What is shown, heard and announced ───────────────────────────────────────────────────────────────────────────────

const clock = (seconds) => {
  const whole = Math.ceil(seconds - 0.05);
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
const spoken = (seconds) => (seconds < 100 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`);
const side = (step) => (step.side ? `${step.side} side` : "");
const capital = (text) => text && text[0].toUpperCase() + text.slice(1);
const following = () => line.slice(state.step + 1);
const isWork = (step) => step.kind === "hold" || step.kind === "reps";

function whereOf(step) {
  const of = step.move.sets < 2 ? "" : `${step.move.set_word} ${step.set} of ${step.move.sets}`;
  const what = { "warm-up": "First", ready: "Get ready", rest: of && `${of} done`, down: "Well done" }[step.kind] ?? of;
  return [running ? "" : "Paused", what, step.kind === "switch" ? "" : capital(side(step))].filter(Boolean).join(" · ");
}

function titleOf(step) {
  if (step.kind === "rest") return "Rest";
  if (step.kind === "down") return "Come down";
  if (step.kind === "switch") return capital(side(step));
  return step.move.name;
}

function whatOf(step) {
  const { kind, move, load } = step;
  if (kind === "warm-up") return move.dose;
  if (kind === "down") return "Walk about until your breath is quiet.";
  if (kind === "hold") return [`${step.amount} s`, load].filter(Boolean).join(" · ");
  if (kind === "reps") return [load, move.tempo_words].filter(Boolean).join(" · ");
  const about = subject(step);
  if (kind === "switch") return move.name;
  const counts = `${about.amount} ${{ seconds: "s" }[about.move.unit] ?? about.move.unit}`;
  const dose = [counts, about.load].filter(Boolean).join(" · ");
  return kind === "ready" ? dose : `Then ${[about.move.name, side(about)].filter(Boolean).join(", ")}: ${dose}`;
}

// During a rest the next thing is what is wanted: its picture and its name.
function subject(step) {
  if (step.kind !== "rest") return step;
  return following().find(isWork) ?? step;
}

function show() {
  const step = line[state.step];
  $("player").classList.toggle("done", state.done);
  for (const id of ["stage", "foot", "bar"]) $(id).hidden = state.done;
  $("end").hidden = !state.done;
  if (state.done) return showEnd();
  const about = subject(step);
  $("player").dataset.kind = step.kind;
  $("player").classList.toggle("paused", !running);
  const drawn = matchMedia("(prefers-reduced-motion: reduce)").matches ? about.move.still : about.move.moving;
  if ($("picture").dataset.of !== drawn) {
    $("picture").dataset.of = $("picture").src = drawn;
    $("picture").onerror = () => {
      $("picture").onerror = null;
      $("picture").src = about.move.still;
    };
  }
  $("where").textContent = whereOf(step);
  $("name").textContent = titleOf(step);
  $("what").textContent = whatOf(step);
  // There is time to read how it is done before a set, and no room for it in one.
  const reading = step.kind === "warm-up" || (step.kind === "ready" && step.seconds > 20);
  const cue = reading ? step.move.how : step.kind === "down" ? "" : about.move.cue;
  $("cue").replaceChildren(...lines(cue, isWork(step) && about.move.running ? `On the run: ${about.move.running}` : ""));
  showRules(step);
  const after = following()[0];
  $("next").textContent = step.kind === "rest" ? "" : after ? `Next: ${nextOf(after)}` : "This is the last step";
  $("main-button").textContent = !running ? (state.began ? "Go on" : "Start") : timed(step) ? "Pause" : "Done";
  $("back").disabled = state.step === 0;
  $("swap").hidden = !about.move.instead?.length && !state.choice[about.number];
  $("tool-metronome").hidden = !line.some((s) => s.move.tempo.length);
  for (const key of Object.keys(settings.keys)) {
    $(`tool-${key}`).setAttribute("aria-pressed", String(settings.get(key)));
    if ($(key)) $(key).checked = settings.get(key);
  }
  showTime();
  return undefined;
}

function lines(strong, soft) {
  const found = [];
  if (strong) found.push(Object.assign(document.createElement("strong"), { textContent: strong }));
  if (soft) found.push(Object.assign(document.createElement("span"), { textContent: soft }));
  return found;
}

function nextOf(step) {
  if (step.kind === "rest" || step.kind === "down") return `rest, ${step.seconds} s`;
  if (step.kind === "ready") return step.move.name;
  if (step.kind === "switch") return `switch to the ${side(step)}`;
  return [step.move.name, side(step)].filter(Boolean).join(", ");
}

// The rule of the mail, where it can be followed: between two sets, as a button that changes the sets to come.
function showRules(step) {
  const { number, move, set, kind } = step;
  const resting = kind === "rest" || kind === "down";
  const more = resting && set < move.sets && move.steps.some(([, , s]) => s > set);
  const found = [];
  if (more) {
    move.rules.forEach((rule, index) => {
      const button = document.createElement("button");
      const on = state.change[number]?.[0] === index;
      button.type = "button";
      button.className = "quiet rule";
      button.setAttribute("aria-pressed", String(on));
      button.append(...lines(rule.asks, rule.says));
      button.addEventListener("click", () => {
        if (on) delete state.change[number];
        else state.change[number] = [index, set];
        line = lineOf();
        save();
        show();
        $("rules").children[index].focus();
        announce(on ? "As planned." : rule.says);
      });
      found.push(button);
    });
  } else if (resting && move.rules.length) {
    const said = document.createElement("p");
    said.className = "rule";
    said.textContent = `How many were left of ${move.name.toLowerCase()}? With 5 or more you go one step up: remember it for your answer.`;
    if (move.unit !== "reps") said.textContent = `Was ${move.name.toLowerCase()} far too easy? Then you go one step up: remember it for your answer.`;
    found.push(said);
  }
  const lost = $("rules").contains(document.activeElement);
  $("rules").replaceChildren(...found);
  if (lost) $("main-button").focus();
}

function showTime() {
  const step = line[state.step];
  const left = leftOf() / 1000;
  let [big, beat, share] = [clock(left), "", left * 1000 / length(step)];
  if (beaten(step)) [big, beat] = counted(step, left);
  else if (step.kind === "reps") [big, beat, share] = [String(step.amount), step.move.unit, 1];
  if ($("clock").textContent !== big) $("clock").textContent = big;
  $("clock").classList.toggle("long", big.length > 3);
  if ($("beat").textContent !== beat) $("beat").textContent = beat;
  $("ring").style.strokeDashoffset = String(100 - 100 * share);
  hear(step, left);
  showTotal();
}

// The repetition and its part at this moment, "4" and "down".
function counted(step, left) {
  const gone = length(step) / 1000 - left - LEAD_S;
  if (gone < 0) return [String(Math.ceil(-gone)), "ready"];
  const each = cycle(step);
  const within = gone % each;
  const [down, still] = step.move.tempo;
  return [String(Math.min(step.amount, Math.floor(gone / each) + 1)), BEATS[within < down ? 0 : within < down + still ? 1 : 2]];
}

// Beeps in the last seconds, and the metronome's on each second; each second once, and only the latest after a stall.
function hear(step, left) {
  const second = Math.ceil(left - 0.05);
  if (!running || second === heard) return;
  const first = heard === null;
  heard = second;
  if (beaten(step)) {
    const [, beat] = counted(step, left);
    beep({ down: 440, still: 550, up: 660, ready: 330 }[beat], 0.06, 0.2);
  } else if (timed(step) && second <= BEEP_S && second > 0 && !first && settings.get("beeps")) beep(660);
}

function showTotal() {
  const left = totalLeft();
  $("total").textContent = left > 90 ? `${Math.ceil(left / 60)} min left` : `${Math.ceil(left)} s left`;
  const whole = line.reduce((sum, s) => sum + s.seconds, 0);
  const percent = Math.round(100 * (1 - left / whole));
  $("bar").firstElementChild.style.transform = `scaleX(${1 - left / whole})`;
  $("bar").setAttribute("aria-valuenow", String(percent));
}

function showEnd() {
  const minutes = Math.max(1, Math.round((now() - state.began) / 60000));
  $("took").textContent = `${routine.name}, ${minutes} ${minutes === 1 ? "minute" : "minutes"} from start to end.`;
  const changed = routine.moves.flatMap((planned, n) => (state.choice[n] ? [[planned.name, moveOf(n).name]] : []));
  $("swapped").hidden = !changed.length;
  $("swapped").textContent = changed.map(([was, is]) => `You did ${is} in place of ${was}.`).join(" ") +
    (routine.session === null ? "" : " In your answer, under “set by set”, give what you left out 0 sets: then its load stays as it is.");
  $("offline").hidden = navigator.onLine;
  $("total").textContent = "";
  return undefined;
}

// One sentence a step, for the ear and for a screen reader; never the seconds.
function tell() {
  const step = line[state.step];
  const about = subject(step);
  const words = {
    "warm-up": () => `Warm up, ${spoken(step.seconds)}.`,
    ready: () => `Next, ${step.move.name}. ${capital(side(step))}`,
    switch: () => `Switch. ${capital(side(step))}.`,
    rest: () => `Rest, ${spoken(step.seconds)}.${about === step ? "" : ` Then ${about.number === step.number ? "the next set" : about.move.name}.`}`,
    down: () => "Last rest. Walk about until your breath is quiet.",
    hold: () => [capital(side(step)), spoken(step.seconds), step.set === 1 && step.side !== "right" ? step.move.cue : ""].filter(Boolean).join(". "),
    reps: () => [capital(side(step)), `${step.amount} ${step.move.unit}`, step.load, step.set === 1 && step.side !== "right" ? step.move.cue : ""].filter(Boolean).join(". "),
  }[step.kind]();
  announce(words);
  speak(words);
}

function announce(text) {
  $("announce").textContent = text;
}

// ── Swapping, settings, keys ─────────────────────────────────────────────────────────────────────────────────────────

function showSwaps(open) {
  const box = $("swaps");
  box.hidden = !open;
  $("swap").setAttribute("aria-expanded", String(open));
  if (!open) return;
  pause();
  const { number } = subject(line[state.step]);
  const planned = routine.moves[number];
  const title = Object.assign(document.createElement("p"), { textContent: "Not possible today? Do this instead:" });
  box.replaceChildren(title, ...[planned, ...planned.instead].map((move, choice) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet rule";
    button.setAttribute("aria-pressed", String((state.choice[number] ?? 0) === choice));
    button.append(...lines(move.name, [move.dose, move.per, move.load].filter(Boolean).join(" · ") + (choice ? "" : ", as planned")));
    button.addEventListener("click", () => {
      state.choice[number] = choice;
      delete state.change[number];
      line = lineOf();
      showSwaps(false);
      go(line.findIndex((s) => s.number === number));
      run();
      $("main-button").focus();
    });
    return button;
  }));
  box.querySelector("button").focus();
}

function flip(key, on = !settings.get(key)) {
  settings.set(key, on);
  wakeSound();
  if (key === "voice") speak(on ? "Voice on" : "");
  if (key === "beeps" && on) beep(660);
  if (key === "metronome" && $("player").open && !state.done && line[state.step].kind === "reps") go(state.step);
  show();
}

function open(step) {
  line = lineOf();
  document.documentElement.classList.add("playing");
  $("player").showModal();
  $("main-button").focus();
  if (step === null) return show();
  state.done = false;
  go(step);
  return run();
}

function closed() {
  pause();
  showSwaps(false);
  document.documentElement.classList.remove("playing");
  if (state.done) {
    state = fresh();
    store(sessionStorage, place, null);
  }
  awake();
  $("go").textContent = state.began ? "Go on" : "Start";
  line = lineOf();
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || state.done) return;
  const own = event.target.closest("button, a") && event.target.id !== "main-button";
  const act = { " ": own ? null : main, ArrowRight: skip, ArrowLeft: back }[event.key];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat) act();
}

function begin() {
  $("start").hidden = false;
  document.querySelectorAll(".from").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => open(lineOf().findIndex((s) => s.number === Number(button.dataset.move))));
  });
  const returning = restore();
  line = lineOf();
  for (const key of Object.keys(settings.keys)) {
    if ($(key)) $(key).checked = settings.get(key);
    $(key)?.addEventListener("change", (event) => flip(key, event.target.checked));
    $(`tool-${key}`).addEventListener("click", () => flip(key));
  }
  if (!speech) $("voice-label").hidden = $("tool-voice").hidden = true;
  $("go").addEventListener("click", () => {
    if (state.began) {
      open(null);
      run();
    } else open(0);
  });
  $("close").addEventListener("click", () => $("player").close());
  $("player").addEventListener("close", closed);
  $("player").addEventListener("keydown", keyed);
  $("main-button").addEventListener("click", main);
  $("skip").addEventListener("click", skip);
  $("back").addEventListener("click", back);
  $("swap").addEventListener("click", () => showSwaps($("swaps").hidden));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
    else {
      tick();
      awake();
    }
  });
  addEventListener("pagehide", save);
  setInterval(tick, TICK_MS);
  if (returning) open(null);
}

if (routine) begin();

// ── Without a network ────────────────────────────────────────────────────────────────────────────────────────────────

async function keep() {
  await navigator.serviceWorker.register(data.worker, { scope: data.scope });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: { kept } }) => { $("kept").hidden = !kept; };
  active.postMessage({ keep: data.keep }, [port2]);
}

if ("serviceWorker" in navigator) keep().catch(() => undefined); // no worker, no harm: the page needs a network then
