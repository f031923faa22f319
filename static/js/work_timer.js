// How long somebody works on an item: only while its page is visible and in use, over all its pages until an act.

const about = document.querySelector("[data-work]")?.dataset.work;
const STILL_MS = 60_000;

if (about) {
  const key = `work-${about}`;
  let spent = Number(sessionStorage.getItem(key)) || 0;
  let used = performance.now();
  let counted = used;

  const count = () => {
    const now = performance.now();
    if (!document.hidden) spent += Math.max(0, Math.min(now, used + STILL_MS) - counted);
    counted = now;
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
    if (document.hidden) spent += Math.max(0, Math.min(now, used + STILL_MS) - counted);
    else used = now;
    counted = now;
  });
  window.addEventListener("pagehide", () => {
    count();
    sessionStorage.setItem(key, String(spent));
  });

  // The form of an act tells it, which says since when its page is open; a form that came back with faults brings what it had told before.
  document.addEventListener("formdata", (event) => {
    if (!event.target.elements.opened_at) return;
    count();
    event.formData.set("spent", String(Math.round(spent / 1000) + Number(event.formData.get("spent") ?? 0)));
    spent = 0;
  });
}
