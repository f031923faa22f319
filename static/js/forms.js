// Forms: sent once, however often the button is pressed; filters send themselves when a choice changes.

function rest(form, isResting) {
  form.toggleAttribute("data-sent", isResting);
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-busy", String(isResting));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  rest(form, true);
}, { capture: true });

// Ctrl and Enter send what is being written, by the button that stands out; in a line of a dialog, or of a form that says
// so by data-enter, Enter alone does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  const form = event.target.form ?? event.target.closest?.("form");
  if (!event.target.matches?.("textarea, input, select, button, summary") || !form || form.method !== "post") return;
  const here = event.target.closest("dialog");
  const hasLines = here || form.hasAttribute("data-enter");
  const isLine = hasLines && event.target.matches("input:not([type=file])");
  if (!(event.ctrlKey || event.metaKey || isLine)) return;
  event.preventDefault();
  const buttons = [...form.elements].filter((each) => each.matches("button:not([type=button])") && !each.disabled);
  const near = here ? buttons.filter((each) => here.contains(each)) : buttons;
  const button = near.find((each) => each.matches(".primary")) ?? near[0];
  if (button) form.requestSubmit(button);
});

// htmx and downloads stay on the page, so their forms may be used again; so may a page that "back" brings up.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.hasAttribute("data-download")) setTimeout(() => rest(event.target, false), 1500);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) rest(form, false);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => rest(form, false)));

// A form that came back is gone on with where something is wrong with it; where that is no field, at its beginning.
const FIELDS = ":is(input:not([type=hidden]), select, textarea)";
function goToFault(root) {
  const seen = (chosen) => [...root.querySelectorAll(chosen)].find((each) => each.checkVisibility());
  const field = seen("[aria-invalid=true]") ?? seen(`form:has([data-fault]) ${FIELDS}`);
  const chosen = field?.type === "radio" && field.form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`);
  (chosen || field)?.focus();
}
goToFault(document.querySelector("dialog[open]") ?? document);

// A page that is one form, form[data-begin], begins in the first field to write in, not at the way through the product.
if (document.activeElement === document.body) {
  document.querySelector("form[data-begin] :is(input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea)")?.focus();
}
document.addEventListener("htmx:afterSettle", (event) => goToFault(event.detail.elt));

// Where a part of the page was exchanged after a form was sent, the keys go on at the same place: [data-goes-on="name"].
let placeSent = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  placeSent = event.detail.target.contains(document.activeElement) ? document.activeElement.closest("[data-goes-on]")?.dataset.goesOn : "";
});
document.addEventListener("htmx:afterSettle", () => {
  if (!placeSent || document.activeElement !== document.body) return;
  const place = document.querySelector(`[data-goes-on="${CSS.escape(placeSent)}"]`);
  [...(place?.querySelectorAll("summary, a, button, input:not([type=hidden]), select, textarea") ?? [])].find((each) => each.checkVisibility())?.focus();
});

// What was not chosen need not stand in the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("[data-auto-submit]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

let chosenInMenu = "";

document.addEventListener("change", (event) => {
  if (!event.target.form?.matches("[data-auto-submit]")) return;
  chosenInMenu = event.target.closest("details[data-menu]") ? event.target.id : "";
  event.target.form.requestSubmit();
});

// A menu of filters stays open for the next choice.
document.addEventListener("htmx:afterSettle", () => {
  const field = document.getElementById(chosenInMenu);
  const menu = field?.closest("details");
  chosenInMenu = "";
  if (!menu) return;
  menu.open = true;
  field.focus();
});
