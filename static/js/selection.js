// Ticked rows inside a form[data-selection]: shift-click ticks a range, [data-pick-page] the page, [data-pick-all] stands
// for every row that matches the filter. [data-pick-count] says how many and how much, [data-needs-pick] waits for one.

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
  form.dispatchEvent(new Event("picked", { bubbles: true }));
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

const refreshAll = () => document.querySelectorAll("form[data-selection]").forEach(refresh);
document.addEventListener("htmx:afterSettle", refreshAll);
document.addEventListener("live:refreshed", refreshAll);
window.addEventListener("pageshow", refreshAll);
refreshAll();
