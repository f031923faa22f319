// A call in hand: [data-says] says what came of a claim and goes on to the next, [data-goes-to] goes to the day or note of
// the claim that was just said, or of the one that somebody went to (keyboard.js presses them). Which key is for which claim
// stands in its row. The clock of waiting runs.

const form = document.querySelector("form[data-call]");
const rows = () => [...form.querySelectorAll("tr[data-claim]")];
const partOf = (row, name) => row.querySelector(`[name^="${name}-"]`);

const isOpen = (row) => !partOf(row, "outcome").value;
let justSaid = null;

function current() {
  const here = document.activeElement?.closest("tr[data-claim]");
  return here ?? rows().find(isOpen) ?? justSaid ?? rows()[0];
}

// Its day and note come after what was said of a claim, when the keys are at the next one already.
const toFillIn = () => justSaid ?? current();

function showKeys() {
  for (const row of rows()) {
    row.querySelector("[data-keys-say]").hidden = row !== current();
    row.querySelector("[data-keys-fill]").hidden = row !== toFillIn();
  }
}

function go(row, said = null) {
  row.querySelector("[data-open]").focus();
  row.scrollIntoView({ block: "center" });
  justSaid = said;
  showKeys();
}

function count() {
  const said = rows().filter((row) => partOf(row, "outcome").value).length;
  document.querySelector("[data-call-count]").textContent = `${said} of ${rows().length} said`;
}

// The usual day of an outcome, unless somebody chose another one; where its last safe day comes first, that is said.
function takeDay(row) {
  const day = partOf(row, "promised");
  const said = partOf(row, "outcome").selectedOptions[0]?.dataset ?? {};
  if (day.value && day.value !== day.dataset.usual) return;
  day.value = day.dataset.usual = said.day ?? "";
  showDay(row, said.dayWords);
}

const isLate = (row) => partOf(row, "promised").value > (partOf(row, "late")?.dataset.safeUntil ?? "9999");

// For a day after the last safe one a reason is asked for; one that was given stays in sight.
function showDay(row, words = "") {
  const why = partOf(row, "late");
  row.querySelector("[role=status][data-day-words]").textContent = isLate(row) ? why.dataset.words : words;
  why?.closest("[data-why-late]").classList.toggle("without-script", !isLate(row) && !why.value);
}

form.addEventListener("input", (event) => {
  const row = event.target.closest("tr[data-claim]");
  if (row && event.target.name.startsWith("promised-")) showDay(row);
});

// What another window kept otherwise is shown when this one is sent.
form.addEventListener("refused", () => form.querySelector("[data-see-both]").classList.remove("without-script"));

form.addEventListener("change", (event) => {
  if (!event.target.name.startsWith("outcome-")) return;
  const row = event.target.closest("tr");
  takeDay(row);
  count();
  justSaid = isOpen(row) ? null : row;
  showKeys();
});

form.addEventListener("focusin", (event) => {
  if (event.target.closest("tr[data-claim]") !== justSaid) justSaid = null;
  showKeys();
});
form.addEventListener("focusout", showKeys);
form.addEventListener("row:walked", () => {
  justSaid = null;
  showKeys();
});

// Out of the field of a claim the keys are at the next one that is open; Enter would send the form by its first button.
form.addEventListener("keydown", (event) => {
  const isLeft = event.key === "Escape" ? "input, select" : event.key === "Enter" ? "input" : "";
  if (!isLeft || event.isComposing || !event.target.matches(isLeft)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const row = event.target.closest("tr[data-claim]");
  const why = row && event.key === "Enter" && isLate(row) && partOf(row, "late");
  if (why && !why.value && event.target !== why) why.focus();
  else if (!row || isOpen(row)) go(row ?? current());
  else go(rows().find(isOpen) ?? row, row);
});

function say(row, value) {
  const outcome = partOf(row, "outcome");
  outcome.value = value;
  outcome.dispatchEvent(new Event("input", { bubbles: true }));
  outcome.dispatchEvent(new Event("change", { bubbles: true }));
  go(rows()[rows().indexOf(row) + 1] ?? row, row);
}

form.addEventListener("click", (event) => {
  const { says, goesTo } = event.target.closest("[data-says], [data-goes-to]")?.dataset ?? {};
  if (says) say(current(), says);
  if (goesTo) partOf(toFillIn(), goesTo).focus();
});

const held = form.querySelector("[data-hold]");
const since = performance.now();
function showHeld() {
  const seconds = Number(held.dataset.seconds) + (held.hasAttribute("data-runs") ? (performance.now() - since) / 1000 : 0);
  held.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
showHeld();
if (held.hasAttribute("data-runs")) setInterval(showHeld, 1000);
count();
showKeys();
