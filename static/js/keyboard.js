// Keys, declared in the page: an element with data-key="e" is pressed by that key, a field is focused by it;
// data-key="g q" is two keys in a row. J and K walk through rows with a [data-open] link, Enter opens it, X ticks it.
// A key of what is done to ticked rows (data-needs-pick) is for the row itself while none is ticked.
// <body data-own-keys> names the keys that the person chose for shipped ones; for "g q" the second one. Off while typing, with modifiers, and where the person switched keys off (WCAG 2.1.4).

const SWITCH = "overturn-keys";
const CHORD_MS = 1200;
const LEAVES_MS = 3000; // after that the page has stayed: a file was downloaded, or somebody chose to stay
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file]), textarea, select, [contenteditable]";
let firstOfChord = "";
let chordTimer = 0;
let lastRow = 0;
let leavesUntil = 0;

const own = JSON.parse(document.body.dataset.ownKeys ?? "{}");
const keyFor = (shipped) => own[shipped] ?? shipped.split(" ").pop();

// Elements come with shipped keys; they get the person's own, and say so.
function giveOwnKeys(root) {
  if (!Object.keys(own).length) return;
  for (const each of root.querySelectorAll("[data-key]:not([data-key-own])")) {
    const shipped = each.dataset.key;
    each.dataset.key = shipped.includes(" ") ? `${keyFor(shipped.split(" ")[0])} ${keyFor(shipped)}` : keyFor(shipped);
    each.dataset.keyOwn = "";
  }
  for (const each of root.querySelectorAll("kbd:not([data-key-own])")) {
    const shown = own[each.textContent.trim().toLowerCase()];
    if (shown) each.textContent = shown.toUpperCase();
    each.dataset.keyOwn = "";
  }
}

const isOn = () => localStorage.getItem(SWITCH) !== "off";
const dialog = () => [...document.querySelectorAll("dialog[open]")].pop();
const scope = () => dialog() ?? document;
const isUsable = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true";

const rowHere = () => document.activeElement?.closest("tr, li, article");

function press(keys) {
  const named = [...scope().querySelectorAll("[data-key]")].filter((each) => each.dataset.key === keys);
  const waits = named.some((each) => each.matches("[data-needs-pick]:disabled"));
  if (waits) rowHere()?.dispatchEvent(new Event("row:meant", { bubbles: true }));
  const all = named.filter(isUsable);
  const target = all.find((each) => !each.closest("#rail")) ?? all[0]; // what the page itself has comes first
  if (!target) return false;
  if (target.matches(TYPING)) {
    target.focus();
    if (!target.matches("textarea")) target.select?.();
    else if (!target.selectionEnd) target.setSelectionRange(target.value.length, target.value.length); // goes on where a draft ends
  } else {
    if (target.matches(".tabs *, summary")) target.focus({ preventScroll: true }); // so that Tab goes on into what it opens
    target.click();
  }
  return true;
}

function walk(step) {
  const links = [...document.querySelectorAll("[data-open]")];
  if (!links.length || dialog()) return false;
  const here = links.indexOf(rowHere()?.querySelector("[data-open]"));
  const from = here === -1 ? lastRow - (step > 0 ? 1 : 0) : here;
  lastRow = Math.max(0, Math.min(links.length - 1, from + step));
  links[lastRow].focus();
  links[lastRow].scrollIntoView({ block: "nearest" });
  links[lastRow].dispatchEvent(new Event("row:walked", { bubbles: true })); // at an end of the rows no focus moves
  return true;
}

function tick(withShift) {
  const box = rowHere()?.querySelector("[data-pick]");
  if (!box || dialog()) return false;
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: withShift }));
  return true;
}

function chord(key) {
  clearTimeout(chordTimer);
  const both = firstOfChord && `${firstOfChord} ${key}`;
  firstOfChord = "";
  if (both && press(both)) return true;
  if (press(key)) return true;
  if (scope().querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    firstOfChord = key;
    chordTimer = setTimeout(() => { firstOfChord = ""; }, CHORD_MS);
    return true;
  }
  return false;
}

// Keys that come while the next page is on its way are meant for that one: nothing is done to this one by them.
window.addEventListener("beforeunload", () => { leavesUntil = performance.now() + LEAVES_MS; });

// Out of a field, so that the keys of the page work again; a dialog closes by itself.
function leave(event) {
  if (event.key === "Escape" && !dialog()) event.target.blur();
}

function fillSheet() {
  const sheet = document.querySelector("[data-key-sheet]");
  const described = new Map();
  const [down, up, pick] = ["j", "k", "x"].map((key) => keyFor(key).toUpperCase());
  if (document.querySelector("[data-open]")) described.set(down, "Next row").set(up, "Row before").set("↵", "Open the row");
  if (document.querySelector("[data-pick]")) described.set(pick, "Tick the row").set(`Shift ${pick}`, "Tick up to here");
  for (const each of document.querySelectorAll("[data-key]")) {
    const words = each.cloneNode(true);
    words.querySelectorAll("kbd, .n, .visually-hidden").forEach((part) => part.remove());
    described.set(each.dataset.key.toUpperCase(), each.dataset.keyLabel ?? each.ariaLabel ?? words.textContent.trim());
  }
  if (document.querySelector("textarea")) described.set("Ctrl ↵", "Send what you are writing").set("Esc", "Leave the field");
  const isChord = ([keys]) => keys.includes(" ") && !/^(Ctrl|Shift) /.test(keys);
  const inOrder = [...described].sort((one, other) => isChord(one) - isChord(other)); // this page first, then the ways away
  sheet.replaceChildren(...inOrder.map(([keys, words]) => {
    const row = document.createElement("li");
    const shown = document.createElement("span");
    for (const key of keys.split(" ")) shown.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    row.append(Object.assign(document.createElement("span"), { textContent: words }), shown);
    return row;
  }));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest?.(TYPING);
  const isLeft = field?.closest("dialog:not([open])"); // the browser takes the focus out of it only with the next picture
  if (isLeft) field.blur();
  else if (field) return leave(event);
  if (!isOn()) return;
  if (performance.now() < leavesUntil) return event.preventDefault();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const moves = { [keyFor("j")]: () => walk(1), [keyFor("k")]: () => walk(-1), [keyFor("x")]: () => tick(event.shiftKey) };
  if (key.length === 1 && key !== " " && ((!firstOfChord && moves[key]?.()) || chord(key))) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=keys]")) fillSheet();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-on]")) localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
});

for (const box of document.querySelectorAll("[data-keys-on]")) box.checked = isOn();

// A list comes back at the row that was opened: the address says which.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-open][id]");
  if (link && !event.ctrlKey && !event.metaKey) history.replaceState(null, "", `#${link.id}`);
});

function returnToRow() {
  const row = location.hash && document.getElementById(location.hash.slice(1));
  if (row && row.matches("a[data-open]")) row.focus();
}

// So does a list from which something was sent: at the same row, or at the one that stands in its place.
const PLACE = "overturn-place";
const addressHere = () => location.pathname + location.search;
const rowLinks = () => [...document.querySelectorAll("a[data-open][id]")];

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const row = document.querySelector("[data-pick]:checked")?.closest("tr, li, article") ?? rowHere();
  const link = row?.querySelector("a[data-open][id]");
  if (link) sessionStorage.setItem(PLACE, JSON.stringify([addressHere(), link.id, rowLinks().indexOf(link)]));
});

function returnToPlace() {
  const links = rowLinks();
  const [address, id, place] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  if (!links.length) return; // perhaps the form once more, because something was wrong with it
  sessionStorage.removeItem(PLACE);
  if (address === addressHere()) (document.getElementById(id) ?? links[Math.min(place, links.length - 1)]).focus();
}

// An address that ends with a part of an item, such as #tab-evidence, opens it once htmx is there.
window.addEventListener("load", () => {
  if (location.hash === "#search") document.querySelector("main input[type=search]")?.focus();
  const tab = location.hash.startsWith("#tab-") && document.getElementById(location.hash.slice(1));
  if (!tab) return;
  tab.focus();
  tab.click();
});

giveOwnKeys(document);
document.addEventListener("htmx:afterSettle", () => giveOwnKeys(document));
document.addEventListener("live:refreshed", () => giveOwnKeys(document));
returnToRow();
returnToPlace();
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  leavesUntil = 0;
  returnToRow();
});

// Where one is stands in sight in the rail, however far down; the page itself stays where it is.
function showWhereWeAre(rail) {
  const edges = (selector) => rail?.querySelector(selector)?.getBoundingClientRect();
  const [here, foot] = [edges("[aria-current]"), edges(".rail-foot")];
  if (here && foot && here.bottom > foot.top) rail.scrollTop += here.bottom - foot.top + here.height;
}
showWhereWeAre(document.getElementById("rail"));
