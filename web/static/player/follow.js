// Follows a routine along: one step at a time, with its picture, its seconds, its sides and its rests. The page is whole
// without this. Where a step is, is kept for the tab's life, so that a reload or a phone call loses nothing.

import { awake } from "./awake.js";
import { showSwaps } from "./choices.js";
import { Course } from "./course.js";
import { $, announce } from "./dom.js";
import { keepForLater } from "./offline.js";
import { keep, keepEffort, waiting } from "./record.js";
import { listenAnew, show, showSettings, showTime } from "./screen.js";
import { beep, speak, speech, wakeSound } from "./sound.js";
import { settings } from "./store.js";
import * as words from "./words.js";

const data = JSON.parse(document.getElementById("page-data").textContent);
const TICK_MS = 200;

function say(text) {
  announce(text);
  speak(text);
}

const heard = {
  step(course) {
    listenAnew();
    show(course);
    say(words.told(course.step, course.about));
    heard.did(course);
  },
  over() {
    if (settings.get("beeps")) beep(990, 0.35);
  },
  did(course) {
    if (course.routine.session !== null) course.kept = keep(course, data.record);
  },
  shown: show,
  done(course) {
    show(course);
    wake(course);
    say(words.done(course.routine));
    $("end-title").focus();
  },
};

const wake = (course) => awake(course.open && !course.state.done);

function begin(routine) {
  const course = new Course(routine, `player:${location.pathname}`, (what) => heard[what](course));

  function open(step) {
    course.open = true;
    document.documentElement.classList.add("playing");
    // The way back leads out of the player and not off the page.
    if (!history.state?.playing) history.pushState({ playing: true }, "");
    $("player").showModal();
    $("main-button").focus();
    if (step === null) show(course);
    else {
      course.state.done = false;
      course.go(step);
      run();
    }
  }

  function run() {
    wakeSound();
    course.run();
    wake(course);
    listenAnew();
  }

  function closed() {
    course.pause();
    speech?.cancel();
    showSwaps(course, false);
    course.open = false;
    document.documentElement.classList.remove("playing");
    if (course.state.done) course.forget();
    wake(course);
    $("go").textContent = words.begin(course.state.began);
    if (history.state?.playing) history.back();
    showWaiting();
  }

  function main() {
    if (course.state.done) return;
    wakeSound();
    const waited = !course.running;
    course.main();
    if (waited) announce("");
    else if (!course.running) speech?.cancel();
    wake(course);
  }

  function count(by) {
    if (course.state.count === null || course.beaten()) return;
    course.count(by);
    announce(words.reached(course));
  }

  function flip(key, on = !settings.get(key)) {
    settings.set(key, on);
    wakeSound();
    if (key === "voice") speak(on ? words.voiceOn() : "");
    if (key === "beeps" && on) beep(660);
    if (!course.open || course.state.done) return showSettings();
    if (key === "metronome" && course.step.kind === "reps") course.go(course.state.step);
    return show(course);
  }

  function keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || course.state.done) return;
    const own = event.target.closest("button, a") && event.target.id !== "main-button";
    const counting = course.state.count !== null && !course.beaten();
    const act = {
      " ": own ? null : main,
      ArrowRight: () => course.skip(),
      ArrowLeft: () => course.back(),
      ArrowUp: counting && (() => count(1)),
      ArrowDown: counting && (() => count(-1)),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || event.key === "ArrowUp" || event.key === "ArrowDown") act();
  }

  $("start").hidden = false;
  document.querySelectorAll(".from").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => open(course.line.findIndex((s) => s.number === Number(button.dataset.move))));
  });
  for (const key of settings.names) {
    $(key)?.addEventListener("change", (event) => flip(key, event.target.checked));
    $(`tool-${key}`).addEventListener("click", () => flip(key));
  }
  showSettings();
  if (!speech) $("voice-label").hidden = $("tool-voice").hidden = true;
  const on = (id, act) => $(id).addEventListener("click", act);
  on("go", () => {
    if (!course.state.began) return open(0);
    open(null);
    return run();
  });
  on("close", () => $("player").close());
  on("main-button", main);
  on("skip", () => course.skip());
  on("back", () => course.back());
  on("fewer", () => count(-1));
  on("further", () => count(1));
  on("dial", () => count(1));
  on("swap", () => showSwaps(course, $("swaps").hidden));
  $("player").addEventListener("close", closed);
  $("player").addEventListener("keydown", keyed);
  $("end").addEventListener("click", (event) => withoutNetwork(event, routine));
  addEventListener("popstate", () => {
    if ($("player").open && !history.state?.playing) $("player").close();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return course.save();
    tick();
    return wake(course);
  });
  addEventListener("pagehide", () => {
    if (course.state.began !== null) course.save();
  });
  function tick() {
    course.tick();
    if (course.open && course.running && !course.state.done) showTime(course);
  }
  setInterval(tick, TICK_MS);
  if (course.restore()) open(null);
}

// How it was can be said in a cellar: it is kept, and waits with the rest.
function withoutNetwork(event, routine) {
  const effort = event.target.closest?.("a[data-effort]")?.dataset.effort;
  if (navigator.onLine || !event.target.closest?.("a")) return;
  event.preventDefault();
  $("offline").hidden = false;
  if (effort && keepEffort(data.record, routine.session, effort)) $("offline-kept").hidden = false;
}

// What was done and not saved yet, where it can be seen.
function showWaiting() {
  $("waiting").hidden = !data.record || !waiting(data.record.key).length;
}

if (data.routine) begin(data.routine);
showWaiting();
addEventListener("pageshow", showWaiting);
addEventListener("storage", showWaiting);
keepForLater(data, $("kept")).catch(() => undefined); // no worker, no harm: the page needs a network then
