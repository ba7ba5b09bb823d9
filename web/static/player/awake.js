// Keeps the screen on while one follows along. Where that is refused the screen may go dark: the steps do not depend on it.

let lock = null;
let asking = false;

export async function awake(wanted) {
  if (asking) return;
  asking = true;
  try {
    if (wanted && !document.hidden && !lock) {
      lock = (await navigator.wakeLock?.request("screen")) ?? null;
      lock?.addEventListener("release", () => { lock = null; });
    } else if (!wanted) await lock?.release();
  } catch {
    /* refused: a low battery, an old browser */
  } finally {
    asking = false;
  }
}
