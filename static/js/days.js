// Days on which items come back, said at their fields before anything is sent, as worklists/domain/ticklers.py counts them.
// One that is no business day is said so at its field [data-closed], with the day on which the item comes back instead.
//
// A day for many: how many of those ticked (selection.js) have their last safe day (data-safe) before it, and the earliest
// of these days, stands in [data-late-picked]. The day is its data-day, or what is chosen in the form around it
// ([data-offered] names the days behind its choices).

const inFull = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");

function businessDay(day, closed, step) {
  const found = new Date(`${day}T12:00Z`);
  const written = () => found.toISOString().slice(0, 10);
  while ([0, 6].includes(found.getUTCDay()) || closed.includes(written())) found.setUTCDate(found.getUTCDate() + step);
  return written();
}

function comesBack(field, lastSafe = "") {
  const closed = field.dataset.closed.split(" ");
  const [before, after] = [businessDay(field.value, closed, -1), businessDay(field.value, closed, 1)];
  return field.value <= lastSafe && lastSafe < after && before >= field.min ? before : after;
}

const canBeSet = (field) => field.value >= field.min && field.value <= field.max;

function movedInWords(field, why) {
  if (!canBeSet(field)) return "";
  const back = comesBack(field, why?.dataset.lastSafe ?? field.dataset.safeUntil);
  if (back === field.value) return "";
  const [said, closed] = [`${inFull(field.value)} is no business day`, field.dataset.closed.split(" ")];
  if (!why?.dataset.offered) return `${said}: it comes back on ${inFull(back)}.`;
  return `${said}: they come back on ${inFull(back)}, and on ${inFull(businessDay(field.value, closed, -1))} where the last safe day is in between.`;
}

function tellMovedDays(form) {
  for (const field of [...(form?.elements ?? [])].filter((each) => each.dataset.closed)) {
    const place = field.closest(".field, tr").querySelector("[data-moved]");
    const why = [...form.elements].find((each) => each.dataset.dayField === field.name);
    const words = movedInWords(field, why);
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("tone-soon", Boolean(words));
  }
}

// The reason for a late day is asked for while such a day is chosen, not after the form came back.
function askWhyLate(form) {
  const why = form?.querySelector("[data-last-safe]");
  if (!why) return;
  const { lastSafe, lateDays, dayField } = why.dataset;
  const day = form.elements[dayField];
  const isLate = day.value ? canBeSet(day) && comesBack(day, lastSafe) > lastSafe : lateDays.split(" ").includes(form.elements.days?.value);
  why.required = isLate;
  const folded = why.closest("details");
  if (folded && isLate) folded.open = true;
  const word = why.closest(".field").querySelector(".optional");
  if (word) word.hidden = isLate;
}

function chosenDay(form, { offered, dayField, daysField }) {
  const own = form.elements[dayField].value;
  return own || new Map(offered.split(" ").map((each) => each.split(":"))).get(form.elements[daysField].value);
}

function lateInWords(ticked, late, safe, today) {
  const first = `${ticked.length > 1 ? "Their earliest" : "Its"} last safe day ${safe[0] > today ? "is" : "was"} ${inFull(safe[0])}.`;
  return late ? `${late} of the ${ticked.length} selected would come back after the last safe day. ${first}` : first;
}

function tellLate(form) {
  const why = [...form.elements].find((each) => each.dataset.offered);
  const place = (why?.closest(".field") ?? form).querySelector("[data-late-picked]");
  if (!place) return;
  const isAll = form.querySelector("[data-pick-all]")?.checked;
  const ticked = [...form.querySelectorAll("[data-pick]:checked")];
  const safe = isAll ? [] : ticked.map((box) => box.dataset.safe).filter(Boolean).sort();
  const { today, day = chosenDay(form, why.dataset) } = place.dataset;
  const late = safe.filter((each) => each < day).length;
  const words = isAll ? "The preview counts how many of all that match would come back after their last safe day." : safe.length ? lateInWords(ticked, late, safe, today) : "";
  place.classList.toggle("tone-soon", late > 0);
  if (place.textContent !== words) place.textContent = words;
}

function lookAtDays(form) {
  askWhyLate(form);
  tellMovedDays(form);
  if (form?.matches("[data-selection]")) tellLate(form);
}
for (const form of document.forms) lookAtDays(form);
document.addEventListener("input", (event) => lookAtDays(event.target.form));
document.addEventListener("picked", (event) => tellLate(event.target));
document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.querySelectorAll?.("form").forEach(lookAtDays));
