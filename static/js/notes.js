// Phrases: ".status" and a space, or the list, puts a text into the note. Its blanks that the item does not know become
// fields; while they are filled in, the note as it will read stands below.

const ASKED = { rep: "spoke_to", ref: "reference", date: "promised_on", hold: "hold_minutes" };
const BLANK = /\{([a-z][a-z0-9_ ]{0,29})\}/gi;

const phrasesOf = (form) => [...form.querySelectorAll("select[name=phrase] option[data-text]")];
const namesIn = (text) => [...new Set([...text.matchAll(BLANK)].map((found) => found[1].toLowerCase()))];
const fieldFor = (form, name) => form.elements[ASKED[name] ?? `blank-${name}`];

function makeFields(form) {
  const room = form.querySelector("[data-blanks]");
  const names = namesIn(form.elements.text.value).filter((name) => !ASKED[name]);
  for (const field of [...room.children]) {
    if (!names.includes(field.querySelector("input").name.slice("blank-".length))) field.remove();
  }
  for (const name of names.filter((each) => !fieldFor(form, each))) {
    const field = form.querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
    const input = field.querySelector("input");
    input.name = `blank-${name}`;
    input.id = `note-blank-${name.replaceAll(" ", "-")}`;
    field.querySelector("label").htmlFor = input.id;
    field.querySelector("label").textContent = name[0].toUpperCase() + name.slice(1);
    room.append(field);
  }
  sayWhatIsAsked(form);
}

// A field of a contact that the phrase asks for is not optional while it does.
function sayWhatIsAsked(form) {
  const names = namesIn(form.elements.text.value);
  for (const [name, asked] of Object.entries(ASKED)) {
    const word = form.elements[asked]?.closest(".field")?.querySelector(".optional");
    if (word) word.hidden = names.includes(name);
  }
}

function worded(field) {
  if (!field?.value || field.type !== "date") return field?.value.trim() ?? "";
  const day = new Date(`${field.value}T00:00`);
  return `${day.getDate()} ${day.toLocaleDateString("en-US", { month: "short", year: "numeric" })}`;
}

function readOut(form) {
  const text = form.elements.text.value;
  const reads = form.querySelector("[data-reads]");
  reads.hidden = !namesIn(text).length;
  reads.lastElementChild.textContent = text.replace(BLANK, (blank, name) => worded(fieldFor(form, name.toLowerCase())) || blank);
}

function refresh(form) {
  makeFields(form);
  readOut(form);
}

function showContact(form) {
  const isInternal = form.elements.channel.value === "internal";
  form.querySelector("[data-contact]").open ||= !isInternal;
}

function insert(form, option, from, to) {
  const area = form.elements.text;
  area.setRangeText(option.dataset.text, from, to, "end");
  form.elements.channel.value = option.dataset.channel;
  showContact(form);
  refresh(form);
  const empty = namesIn(option.dataset.text).map((name) => fieldFor(form, name)).find((field) => field && !field.value);
  (empty ?? area).focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const area = event.target;
  if (!area.matches?.("textarea[data-phrases]") || ![" ", "Tab"].includes(event.key) || event.isComposing || event.shiftKey) return;
  const typed = area.value.slice(0, area.selectionStart).match(/(?:^|\s)\.([a-z0-9-]+)$/i);
  const option = typed && phrasesOf(area.form).find((each) => each.value === typed[1].toLowerCase());
  if (!option) return;
  event.preventDefault();
  insert(area.form, option, area.selectionStart - typed[1].length - 1, area.selectionStart);
});

// Enter in a blank of the phrase goes to the next one that is still open; in the last one it sends.
document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || !event.target.matches?.("input")) return;
  if (!form?.querySelector("textarea[data-phrases]")) return;
  const blanks = namesIn(form.elements.text.value).map((name) => fieldFor(form, name)).filter(Boolean);
  const open = blanks.includes(event.target) &&
    [...blanks, form.elements.late_because].find((field) => field !== event.target && !field.value && (field.required || blanks.includes(field)));
  if (!open) return;
  event.preventDefault();
  open.focus();
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.querySelector("textarea[data-phrases]")) return;
  if (event.target.name === "channel") showContact(form);
  if (event.target.name !== "phrase" || !event.target.value) return;
  const area = form.elements.text;
  if (area.value && !/\s$/.test(area.value)) area.setRangeText(" ", area.value.length, area.value.length, "end");
  insert(form, event.target.selectedOptions[0], area.value.length, area.value.length);
  event.target.value = "";
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.querySelector("textarea[data-phrases]") && event.target.name !== "phrase") refresh(form);
});

// A link or key that starts a note of a kind: data-note="call".
document.addEventListener("click", (event) => {
  const kind = event.target.closest?.("[data-note]")?.dataset.note;
  const form = kind && document.querySelector("form[data-keeps]:has([data-phrases])");
  if (!form) return;
  event.preventDefault();
  form.elements.channel.value = kind;
  showContact(form);
  form.scrollIntoView({ block: "center" });
  form.elements.text.focus();
});

// Who acts on an item while a note about it is not sent is told so beside the button.
function tellOfUnsent() {
  const isBegun = [...document.querySelectorAll("textarea[data-phrases]")].some((area) => area.value.trim());
  for (const each of document.querySelectorAll("[data-unsent]")) each.hidden = !isBegun;
}
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-opens]")) tellOfUnsent(); });
document.addEventListener("htmx:afterSettle", tellOfUnsent);

// What other windows hold is shown, never overwritten.
document.addEventListener("kept", (event) => {
  const told = event.detail;
  const elsewhere = event.target.querySelector("[data-elsewhere]");
  if (!elsewhere) return;
  const others = told.others ?? [];
  elsewhere.hidden = !others.length;
  if (!others.length) return;
  const words = told.parted ? "This draft was changed in another window too. Both are kept." : "Another window holds an unsent note about this item.";
  elsewhere.querySelector("p").textContent = `${words} The other one says: “${others[0].text}”`;
  elsewhere.querySelector("a").search = `?draft=${others[0].key}`;
});

for (const area of document.querySelectorAll("textarea[data-phrases]")) refresh(area.form);
