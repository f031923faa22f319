// How long somebody works on an item: only while its page is visible and in use, over all its pages until an act.
// [data-work-clock] says the minutes and pauses them; a pause lasts until it is pressed again or the item is acted on.

const about = document.querySelector("[data-work]")?.dataset.work;
const STILL_MS = 60_000;
const TOLD_EVERY_MS = 15_000;

if (about) {
  const key = `work-${about}`;
  const pauseKey = `work-paused-${about}`;
  const clock = document.querySelector("[data-work-clock]");
  let spent = Number(sessionStorage.getItem(key)) || 0;
  let isPaused = sessionStorage.getItem(pauseKey) === "yes";
  let used = performance.now();
  let counted = used;

  const count = () => {
    const now = performance.now();
    if (!document.hidden && !isPaused) spent += Math.max(0, Math.min(now, used + STILL_MS) - counted);
    counted = now;
  };
  const tell = () => {
    if (!clock) return;
    count();
    // Figure spaces keep the width, so that nothing beside it moves.
    const words = `${String(Math.floor(spent / 60_000)).padStart(2, "\u2007")} min`;
    const place = clock.querySelector("[data-work-minutes]");
    const shown = isPaused ? `${words}, paused` : words;
    if (place.textContent !== shown) place.textContent = shown;
    clock.setAttribute("aria-pressed", String(isPaused));
    clock.ariaLabel = `${words.trim()} on this item, ${isPaused ? "paused: press to go on" : "press to pause"}`;
  };
  const use = () => {
    count();
    used = performance.now();
  };

  for (const what of ["pointerdown", "pointermove", "keydown", "scroll", "input"]) {
    document.addEventListener(what, use, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    const now = performance.now();
    if (document.hidden && !isPaused) spent += Math.max(0, Math.min(now, used + STILL_MS) - counted);
    else used = now;
    counted = now;
  });
  window.addEventListener("pagehide", () => {
    count();
    sessionStorage.setItem(key, String(spent));
  });
  clock?.addEventListener("click", () => {
    count();
    isPaused = !isPaused;
    used = performance.now();
    sessionStorage.setItem(pauseKey, isPaused ? "yes" : "no");
    tell();
  });
  tell();
  if (clock) setInterval(tell, TOLD_EVERY_MS);

  // The form of an act tells it, which says since when its page is open; a form that came back with faults brings what it had told before.
  document.addEventListener("formdata", (event) => {
    if (!event.target.elements.opened_at) return;
    count();
    event.formData.set("spent", String(Math.round(spent / 1000) + Number(event.formData.get("spent") ?? 0)));
    spent = 0;
    sessionStorage.removeItem(pauseKey);
  });
}
