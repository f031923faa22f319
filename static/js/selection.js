// Ticked rows inside a form[data-selection]: shift-click ticks a range, [data-pick-page] the page, [data-pick-all] stands
// for every row that matches the filter. [data-pick-count] says how many and how much, [data-needs-pick] waits for one.
//
// A day to come back for many: how many of those ticked have their last safe day (data-safe) before it, and the earliest of
// these days, stands in [data-late-picked] before anything is sent. The day is its data-day, or what is chosen in the form
// around it ([data-offered] names the days behind its choices).

// One row alone: its menu ([data-row-acts]), or a key while nothing is ticked, ticks it and no other one. The ticks from
// before come back when that menu or dialog is closed without anything done. The menu of a ticked row is for all ticked.

let lastTicked = null;
let ticksBefore = null;

const boxes = (form) => [...form.querySelectorAll("[data-pick]")];

function cents(amount) {
  const [whole, part = ""] = amount.replace(/[^\d.-]/g, "").split(".");
  const size = BigInt(whole.replace("-", "") || "0") * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  return whole.startsWith("-") ? -size : size;
}

function written(sum) {
  const size = sum < 0n ? -sum : sum;
  const dollars = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sum < 0n ? "−" : ""}$${dollars}.${(size % 100n).toString().padStart(2, "0")}`;
}

function inWords(form, ticked) {
  const all = form.querySelector("[data-pick-all]");
  if (all?.checked) return all.dataset.words ?? "All that match are selected";
  if (!ticked.length) return "None selected";
  const sum = ticked.reduce((total, box) => total + cents(box.dataset.amount ?? "0"), 0n);
  const hasAmounts = ticked.some((box) => box.dataset.amount);
  return `${ticked.length} selected${hasAmounts ? ` · ${written(sum)}` : ""}`;
}

const inFull = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");

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
  const ticked = boxes(form).filter((box) => box.checked);
  const safe = isAll ? [] : ticked.map((box) => box.dataset.safe).filter(Boolean).sort();
  const { today, day = chosenDay(form, why.dataset) } = place.dataset;
  const late = safe.filter((each) => each < day).length;
  const words = isAll ? "The preview counts how many of all that match would come back after their last safe day." : safe.length ? lateInWords(ticked, late, safe, today) : "";
  place.classList.toggle("tone-soon", late > 0);
  if (place.textContent !== words) place.textContent = words;
}

function refresh(form) {
  const every = boxes(form);
  const ticked = every.filter((box) => box.checked);
  const page = form.querySelector("[data-pick-page]");
  const all = form.querySelector("[data-pick-all]");
  if (page) {
    page.checked = every.length > 0 && ticked.length === every.length;
    page.indeterminate = ticked.length > 0 && ticked.length < every.length;
  }
  if (all && ticked.length < every.length) all.checked = false;
  const offer = form.querySelector("[data-pick-offer]");
  if (offer) offer.hidden = !page?.checked;
  const words = inWords(form, ticked);
  for (const place of document.querySelectorAll("[data-pick-count]")) {
    if (place.textContent !== words) place.textContent = words;
  }
  for (const button of document.querySelectorAll("[data-needs-pick]")) button.disabled = !ticked.length;
  tellLate(form);
}

function meanOnly(box) {
  if (!ticksBefore) ticksBefore = { form: box.form, values: boxes(box.form).filter((each) => each.checked).map((each) => each.value) };
  for (const each of boxes(box.form)) each.checked = each === box;
  refresh(box.form);
}

function giveTicksBack() {
  if (!ticksBefore) return;
  const { form, values } = ticksBefore;
  ticksBefore = null;
  for (const each of boxes(form)) each.checked = values.includes(each.value);
  refresh(form);
}

function tickRange(form, box) {
  const every = boxes(form);
  const [from, to] = [every.indexOf(lastTicked), every.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) every.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-pick]");
  if (!box) return;
  if (event.shiftKey && lastTicked) tickRange(box.form, box);
  lastTicked = box;
});

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-row-acts]")?.closest("tr").querySelector("[data-pick]");
  const all = box?.form.querySelector("[data-pick-all]");
  if (all?.checked) all.checked = false; // what else matches is out of sight
  if (box && !box.checked) meanOnly(box);
  else if (box) refresh(box.form);
});

document.addEventListener("row:meant", (event) => {
  const box = event.target.querySelector("[data-pick]");
  if (box?.form?.matches("[data-selection]")) meanOnly(box);
});

document.addEventListener("close", giveTicksBack, true);
document.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && event.target.matches(".row-acts") && !document.querySelector("dialog[open]")) giveTicksBack();
}, true);

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-selection]")) return;
  if (event.target.matches("[data-pick-page]")) boxes(form).forEach((box) => { box.checked = event.target.checked; });
  refresh(form);
});

document.addEventListener("input", (event) => {
  if (event.target.form?.matches("[data-selection]")) tellLate(event.target.form);
});

const refreshAll = () => document.querySelectorAll("form[data-selection]").forEach(refresh);
document.addEventListener("htmx:afterSettle", refreshAll);
document.addEventListener("live:refreshed", refreshAll);
window.addEventListener("pageshow", refreshAll);
refreshAll();
