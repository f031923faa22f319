// What was begun in a form and not sent stays: in a dialog that was closed, in a panel that comes back because another of
// its forms was sent, and where the page is left and comes back. The server keeps it for this window and this person
// (accounts/begun.py), in the browser stands only which forms these are. It ends when it was sent, emptied or discarded.

const FORMS = "form[method=post]:not([data-keeps]):has([name=form_key])";
const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=password]), select, textarea";
const PICKS = "[data-pick], [data-pick-page], [data-pick-all]";
const SEEN = ["seen", "version", "seen_at", "shown_state"];
const WAYS = ["in", "list", "query", "read", "next"]; // by which somebody came, not what is written about
const LONGEST_NAME = 300;
const TYPED_MS = 700;
const AGAIN_MS = 5000;
const UNDER_WAY_MS = 5000;
const ASKED_MS = 1000;
const WINDOW = "begun-window";
const IS_OPEN = "begun-is-open";

const { begun: address, person } = document.body.dataset;
const LIST = `begun-${person}`;
const begun = new Map();
const filled = new WeakSet();
const unsaved = new Set();
let timer = 0;
let isSaving = null;
let asking = null;

function makeWindow() {
  const made = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(WINDOW, made);
}

function thisWindow() {
  if (!sessionStorage.getItem(WINDOW)) makeWindow();
  return sessionStorage.getItem(WINDOW);
}

// A duplicated tab has a copy of all that stands in the browser for this window. A page says there that it is open as
// long as it is: who finds that said when it opens is such a copy, or came back after a crash, and asks the other pages.
const windows = new BroadcastChannel("begun-windows");
windows.addEventListener("message", ({ data }) => {
  if (!asking && data.asked && data.asked === sessionStorage.getItem(WINDOW)) windows.postMessage({ taken: data.asked });
});

function isTaken(asked) {
  return new Promise((answer) => {
    windows.addEventListener("message", ({ data }) => { if (data.taken === asked) answer(true); });
    setTimeout(() => answer(false), ASKED_MS);
    windows.postMessage({ asked });
  });
}

// What was begun stays with the other window; what somebody wrote here meanwhile is of this one.
async function becomeAnother() {
  if (await isTaken(sessionStorage.getItem(WINDOW))) {
    makeWindow();
    for (const name of Object.keys(listed())) if (!begun.has(name)) list(name, null);
  }
  asking = null;
}

if (sessionStorage.getItem(IS_OPEN) && sessionStorage.getItem(WINDOW)) asking = becomeAnother();
sessionStorage.setItem(IS_OPEN, "yes");
window.addEventListener("pageshow", () => sessionStorage.setItem(IS_OPEN, "yes")); // it comes back without being loaded
window.addEventListener("pagehide", () => sessionStorage.removeItem(IS_OPEN));

// By the name of a form: when it was written in last, and by which key it was sent.
const listed = () => JSON.parse(sessionStorage.getItem(LIST) ?? "{}");
function list(name, entry) {
  const all = listed();
  if (entry) all[name] = entry;
  else delete all[name];
  sessionStorage.setItem(LIST, JSON.stringify(all));
}

// A form of many rows has a dialog for each thing to do, and each of them is begun by itself.
const hidden = (form, name) => form.querySelector(`input[type=hidden][name=${name}]`)?.value ?? "";
const partOf = (form, element) => (form.matches("[data-selection]") ? element?.closest("dialog") ?? null : form);
function here() {
  const asked = new URLSearchParams(location.search);
  WAYS.forEach((each) => asked.delete(each));
  asked.sort();
  return [location.pathname, asked].filter(String).join("?");
}
function nameOf(form, part) {
  const which = part === form ? form.dataset.begun : part.id;
  return [form.getAttribute("action") ?? here(), hidden(form, "question"), hidden(form, "list"), which].filter(Boolean).join(" ").slice(0, LONGEST_NAME);
}
const fieldsOf = (form, part) => [...form.elements].filter((each) => (
  each.name && each.matches(FIELDS) && !each.matches(PICKS) && (part === form || part.contains(each))
));
function parts() {
  return [...document.querySelectorAll(FORMS)].flatMap((form) => (
    form.matches("[data-selection]") ? [...new Set([...form.elements].map((each) => each.closest("dialog")))].filter(Boolean).map((part) => [form, part])
      : [[form, form]]));
}

const isTick = (field) => /^(checkbox|radio)$/.test(field.type);
const isChosen = (field) => (isTick(field) ? field.checked !== field.defaultChecked
  : field.matches("select") ? ![...field.options].some((each) => each.selected && each.defaultSelected) && field.selectedIndex > 0
  : field.value !== field.defaultValue);
const holdsWords = (field) => (isTick(field) ? field.checked : field.value);
const alike = (form, part, { name, type }) => fieldsOf(form, part).filter((each) => each.name === name && each.type === type);
const saidBy = (form, part) => (field) => ({
  name: field.name, type: field.type, value: field.value, checked: field.checked, place: alike(form, part, field).indexOf(field),
  ...(field.multiple && field.options && { chosen: [...field.selectedOptions].map((each) => each.value) }),
  ...(field.type === "file" && { files: field.files, called: [...field.files].map((each) => each.name).join(", ") }),
});

// A form within a page goes by what stood there when it was begun, so that what a colleague did meanwhile is told when it
// is sent. In a panel or a dialog only what it answers itself may have changed: the rest of the page is new.
function seenBy(form) {
  const names = form.closest("#panels, dialog") || form.matches("[data-selection]") ? SEEN.slice(0, 1) : SEEN;
  return Object.fromEntries(names.filter((name) => hidden(form, name)).map((name) => [name, hidden(form, name)]));
}

function keep(form, part, changed) {
  const name = nameOf(form, part);
  const before = begun.get(name);
  if (!changed.length && !before) return;
  const said = changed.map(saidBy(form, part));
  if (changed.length) begun.set(name, { changed: said, seen: before?.seen ?? seenBy(form) });
  else begun.delete(name);
  if (JSON.stringify(before?.changed) !== JSON.stringify(said)) later(name);
  if (!changed.length) untell(part);
}

function later(name) {
  if (!address) return;
  list(name, { at: Date.now() });
  unsaved.add(name);
  clearTimeout(timer);
  timer = setTimeout(save, TYPED_MS);
}

function drop(form, part) {
  const name = nameOf(form, part);
  untell(part);
  if (!begun.delete(name) && !listed()[name]) return;
  later(name);
}

async function post(told, isLeaving = false) {
  if (asking) await asking; // else without waiting: a page that is left has no time
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  body.append("window", thisWindow());
  for (const [name, value] of Object.entries(told)) body.append(name, value);
  return fetch(address, { method: "POST", body, redirect: "manual", keepalive: isLeaving }).catch(() => null);
}

// What another module does first (kept.js).
function waited(what) {
  const waits = [];
  document.dispatchEvent(new CustomEvent(what, { detail: { waitFor: (each) => waits.push(each) } }));
  return Promise.all(waits);
}

// Says whether the server has it, or never will.
async function saveOne(name, isLeaving) {
  const { at, sent } = listed()[name] ?? {};
  if (sent) return true; // it is on its way
  unsaved.delete(name);
  const entry = begun.get(name);
  const answer = await post({ name, at, body: entry ? JSON.stringify(entry) : "" }, isLeaving);
  if (answer?.ok && !entry && !begun.has(name)) list(name, null);
  if (answer?.ok || answer?.status === 422) return true; // too much to be kept: it stands in this page
  unsaved.add(name);
  if (answer?.status === 403) await waited("token-refused"); // signed in again meanwhile
  return false;
}

async function saveEach(isLeaving) {
  const saved = await Promise.all([...unsaved].map((name) => saveOne(name, isLeaving)));
  isSaving = null;
  const waits = [...unsaved].some((name) => !listed()[name]?.sent);
  if (waits) timer = setTimeout(save, saved.every(Boolean) ? TYPED_MS : AGAIN_MS);
}

function save() {
  clearTimeout(timer);
  isSaving ??= saveEach(false);
  return isSaving;
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  const part = form?.matches(FORMS) && event.target.name && !event.target.matches(PICKS) && partOf(form, event.target);
  if (!part) return;
  filled.add(part);
  keep(form, part, fieldsOf(form, part).filter(isChosen));
});

function untell(part) {
  part.querySelector("[data-begun-said]")?.remove();
}

function tell(form, part, lost = "") {
  untell(part);
  const said = Object.assign(document.createElement("p"), { className: "sub" });
  said.dataset.begunSaid = "";
  const files = lost ? ` The file ${lost} could not be kept: choose it again.` : "";
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button link", textContent: "Discard it" });
  button.addEventListener("click", () => discard(form, part));
  said.append(`You began this here and did not send it.${files} `, button);
  (part.querySelector(".dialog-body") ?? part).prepend(said);
}

function discard(form, part) {
  drop(form, part);
  for (const field of fieldsOf(form, part)) {
    if (isTick(field)) field.checked = field.defaultChecked;
    else if (field.matches("select")) {
      const chosen = [...field.options].some((each) => each.defaultSelected);
      [...field.options].forEach((each, place) => { each.selected = chosen ? each.defaultSelected : !field.multiple && place === 0; });
    } else field.value = field.type === "file" ? "" : field.defaultValue;
  }
  const first = fieldsOf(form, part).find((each) => each.checkVisibility());
  first?.dispatchEvent(new Event("input", { bubbles: true }));
  first?.dispatchEvent(new Event("change", { bubbles: true }));
  first?.focus();
}

// A page that answers a form shows it as it was sent: there is nothing to fill in, and it goes by what is seen now.
const fieldOf = (form, part, old) => alike(form, part, old).find((each, place) => (isTick(old) ? each.value === old.value : place === old.place));
const saysItAlready = (form, part, changed) => changed.every((old) => {
  const field = old.type !== "file" && fieldOf(form, part, old);
  return field && (isTick(old) ? field.checked === old.checked : field.value === old.value);
});

function fill(form, part, { changed, seen }) {
  let last = null;
  let lost = "";
  for (const old of changed) {
    const field = fieldOf(form, part, old);
    if (!field) continue;
    if (isTick(old)) field.checked = old.checked;
    else if (old.files instanceof FileList) field.files = old.files;
    else if (old.type === "file") lost = old.called;
    else if (old.chosen) [...field.options].forEach((each) => { each.selected = old.chosen.includes(each.value); });
    else field.value = old.value;
    last = field;
  }
  if (!last) return;
  for (const [name, value] of Object.entries(seen ?? {})) {
    const field = form.querySelector(`input[type=hidden][name=${name}]`);
    if (field) field.value = value;
  }
  const folded = part === form && form.closest("details");
  if (folded) folded.open = true;
  last.dispatchEvent(new Event("input", { bubbles: true }));
  tell(form, part, lost);
}

function fillAll() {
  for (const [form, part] of parts()) {
    const kept = begun.get(nameOf(form, part));
    const isRefused = part.querySelector("[data-fault], [aria-invalid=true]");
    if (filled.has(part)) continue;
    if (isRefused) keep(form, part, fieldsOf(form, part).filter(holdsWords));
    else if (kept && saysItAlready(form, part, kept.changed)) kept.seen = seenBy(form);
    else if (kept) fill(form, part, kept);
    if (kept || isRefused) filled.add(part);
  }
}

// The server has what was sent. What it did not take came back with the form, and is as little lost as what was not sent.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (event.detail.shouldSwap && form?.matches?.(FORMS)) drop(form, form);
});
document.addEventListener("htmx:afterSwap", fillAll);

// Kept before it is sent (kept.js waits for that): what the connection swallows on its way is on the server.
document.addEventListener("sending", (event) => event.detail.waitFor(Promise.resolve(isSaving).then(save)));

// By the key of the form the server knows whether it arrived.
window.addEventListener("submit", (event) => {
  const form = event.target;
  const part = !event.defaultPrevented && form.matches(FORMS) && partOf(form, event.submitter);
  const name = part && nameOf(form, part);
  const entry = name && listed()[name];
  if (entry) list(name, { ...entry, sent: form.elements.form_key.value });
});

// A dialog that is closed keeps what was begun in it, and says so when it opens again.
document.addEventListener("close", (event) => {
  for (const [form, part] of parts()) {
    if (event.target.contains(part) && begun.has(nameOf(form, part)) && !part.querySelector("[data-begun-said]")) tell(form, part);
  }
  save();
}, true);

// A link that says so leaves the page without what was begun; any other way keeps it.
let thrownAway = null;
document.addEventListener("click", (event) => { thrownAway = event.target.closest?.("a[data-discards]")?.closest(FORMS) ?? null; });
window.addEventListener("pagehide", () => {
  if (!thrownAway) return;
  drop(thrownAway, thrownAway);
  saveEach(true);
});

document.addEventListener("visibilitychange", () => { if (document.hidden) saveEach(true); });
window.addEventListener("online", () => save());
window.addEventListener("beforeunload", (event) => {
  const waits = [...unsaved].some((name) => begun.has(name) && !listed()[name]?.sent && Date.now() - listed()[name]?.at > UNDER_WAY_MS);
  if (waits) event.preventDefault();
});

// What was sent and refused told then what had changed meanwhile: from then on it goes by what is seen now.
const goneOnWith = ({ sent }, { changed, seen }) => ({ changed, seen: sent ? undefined : seen });

// What this window left behind, asked for again while its last words are under way.
async function bringBack() {
  if (asking) await asking;
  const wanted = address ? listed() : {};
  if (!Object.keys(wanted).length) return;
  for (let tries = 0; tries < 5; tries += 1) {
    if (tries) await new Promise((done) => { setTimeout(done, 200); });
    const sent = Object.fromEntries(Object.entries(wanted).filter(([, each]) => each.sent).map(([name, each]) => [name, each.sent]));
    const answer = await post({ sent: JSON.stringify(sent) });
    if (!answer?.ok) return;
    const { forms, gone } = await answer.json();
    const isThere = ([name, each]) => gone.includes(name) || forms[name]?.at >= each.at || Date.now() - each.at > UNDER_WAY_MS;
    if (tries < 4 && !Object.entries(wanted).every(isThere)) continue;
    for (const name of Object.keys(wanted)) {
      if (unsaved.has(name)) continue; // somebody is writing in it already
      if (forms[name]) begun.set(name, goneOnWith(wanted[name], JSON.parse(forms[name].body)));
      list(name, forms[name] ? { at: forms[name].at } : null);
    }
    break;
  }
  fillAll();
}
bringBack();
