// A call in hand: [data-says] says what came of a claim and goes on to the next, [data-goes-to] goes to its day or note
// (keyboard.js presses them); the clock of waiting runs.

const form = document.querySelector("form[data-call]");
const rows = () => [...form.querySelectorAll("tr[data-claim]")];
const partOf = (row, name) => row.querySelector(`[name^="${name}-"]`);

function current() {
  const here = document.activeElement?.closest("tr[data-claim]");
  return here ?? rows().find((row) => !partOf(row, "outcome").value) ?? rows()[0];
}

function go(row) {
  row?.querySelector("[data-open]").focus();
  row?.scrollIntoView({ block: "center" });
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
  row.querySelector("[data-day-words]").textContent = said.dayWords ?? "";
}

form.addEventListener("change", (event) => {
  if (!event.target.name.startsWith("outcome-")) return;
  takeDay(event.target.closest("tr"));
  count();
});

function say(row, value) {
  const outcome = partOf(row, "outcome");
  outcome.value = value;
  outcome.dispatchEvent(new Event("input", { bubbles: true }));
  outcome.dispatchEvent(new Event("change", { bubbles: true }));
  go(rows()[rows().indexOf(row) + 1] ?? row);
}

form.addEventListener("click", (event) => {
  const { says, goesTo } = event.target.closest("[data-says], [data-goes-to]")?.dataset ?? {};
  const row = current();
  if (row && says) say(row, says);
  if (row && goesTo) partOf(row, goesTo).focus();
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
