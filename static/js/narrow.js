// Many boxes to tick (.picks): typing in input[data-narrows] leaves those that have every word of it, in their own words or
// in their heading. What is ticked goes before the list first, so that it stays in sight. Nothing of this is sent, so no
// form hears of it: it would count as a change.

const boxOf = (tick) => tick.closest("div");

function putTickedFirst(details, list) {
  for (const tick of list.querySelectorAll("input:checked")) details.before(boxOf(tick));
  const number = list.querySelectorAll("input").length;
  const words = details.previousElementSibling ? `${number} others ` : `Choose from ${number} `;
  details.querySelector("summary").firstChild.data = words;
  return number;
}

function narrow(field) {
  const details = field.closest("details");
  const list = details.lastElementChild;
  const number = putTickedFirst(details, list);
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let fitting = 0;
  for (const tick of list.querySelectorAll("input")) {
    const box = boxOf(tick);
    const heading = box.parentElement === list ? "" : box.parentElement.firstElementChild.textContent;
    const text = `${heading} ${box.textContent}`.toLowerCase();
    box.hidden = !words.every((word) => text.includes(word));
    fitting += !box.hidden;
  }
  for (const group of list.querySelectorAll("fieldset")) group.hidden = !group.querySelector("div:not([hidden])");
  list.hidden = !fitting;
  list.scrollTop = 0;
  const none = `None of ${number} fits. Try other words, or empty the field to see all of them.`;
  field.nextElementSibling.textContent = words.length ? (fitting ? `${fitting} of ${number} fit` : none) : "";
}

function empty(field) {
  field.value = "";
  narrow(field);
}

function keyed(event) {
  const field = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && field.value) empty(field);
  else if (event.key === "Enter" || event.key === "ArrowDown") {
    field.closest("details").lastElementChild.querySelector("div:not([hidden]) > label > input")?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    if (!event.target.matches?.("[data-narrows]")) return;
    event.stopPropagation();
    if (kind === "input") narrow(event.target);
  }, { capture: true });
}
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[data-narrows]")) keyed(event);
}, { capture: true });
