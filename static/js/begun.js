// What was begun in a form stays when the page exchanges that form for a new one: in a panel that comes back because
// another of its forms was sent, or that was looked away from, and in a dialog that was closed. Kept in this window only.

const EXCHANGED = ":is(#panels, dialog[data-fresh]) form[method=post]:not([data-keeps])";
const FIELDS = "input:not([type=hidden], [type=submit], [type=button]), select, textarea";
const begun = new Map();
const filled = new WeakSet();

const keyOf = (form) => `${form.getAttribute("action")} ${form.elements.question?.value ?? ""}`;
const isTick = (field) => /^(checkbox|radio)$/.test(field.type);
const isChosen = (field) => (isTick(field) ? field.checked !== field.defaultChecked
  : field.matches("select") ? ![...field.options].some((each) => each.selected && each.defaultSelected) && field.selectedIndex > 0
  : field.value !== field.defaultValue);
const fieldsOf = (form) => [...form.elements].filter((each) => each.name && each.matches(FIELDS));
const holdsWords = (field) => (isTick(field) ? field.checked : field.value);

// With what stood there when it was begun, so that what a colleague answered meanwhile is told when the form is sent.
function keep(form, changed) {
  if (changed.length) begun.set(keyOf(form), { changed, seen: form.elements.seen?.value });
  else begun.delete(keyOf(form));
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches(EXCHANGED)) return;
  filled.add(form);
  keep(form, fieldsOf(form).filter(isChosen));
});

function fill(form, { changed, seen }) {
  let last = null;
  for (const old of changed) {
    const same = fieldsOf(form).filter((each) => each.name === old.name && each.type === old.type);
    const field = isTick(old) ? same.find((each) => each.value === old.value) : same[0];
    if (!field) continue;
    if (isTick(old)) field.checked = old.checked;
    else if (old.type === "file") field.files = old.files;
    else field.value = old.value;
    last = field;
  }
  if (!last) return;
  if (seen !== undefined && form.elements.seen) form.elements.seen.value = seen;
  const folded = form.closest("details");
  if (folded) folded.open = true;
  last.dispatchEvent(new Event("input", { bubbles: true }));
}

// The server has what was sent. What it did not take came back with the form, and is as little lost as what was not sent.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (event.detail.shouldSwap && form?.matches?.(EXCHANGED)) begun.delete(keyOf(form));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const form of document.querySelectorAll(EXCHANGED)) {
    const kept = begun.get(keyOf(form));
    if (kept && !filled.has(form)) fill(form, kept);
    else if (form.querySelector("[data-fault], [aria-invalid=true]") && !filled.has(form)) keep(form, fieldsOf(form).filter(holdsWords));
    filled.add(form);
  }
});
