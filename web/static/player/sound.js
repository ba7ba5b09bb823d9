// Beeps, and words spoken aloud. Where a browser has neither, nothing is heard and nothing else is lost.

import { settings } from "./store.js";

let audio = null;

// Only a tap may wake it.
export function wakeSound() {
  const Context = window.AudioContext;
  if (!Context) return;
  audio ??= new Context();
  if (audio.state === "suspended") audio.resume().catch(() => undefined);
}

export function beep(hertz, seconds = 0.09, loud = 0.25) {
  if (!audio || audio.state !== "running") return;
  const [tone, volume, now] = [audio.createOscillator(), audio.createGain(), audio.currentTime];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(loud, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + seconds);
}

export const speech = window.speechSynthesis;

export function speak(text) {
  if (!speech) return;
  speech.cancel();
  if (!settings.get("voice") || !text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = document.documentElement.lang;
  speech.speak(words);
}
