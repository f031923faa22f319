// Pages that refresh themselves. While the tab is looked at, <body data-live="address" data-live-seconds="30"> asks for
// that page again (none: for itself), and every [data-live] with an id takes over what its counterpart says, if that is
// anything else. Focus, ticks and the place on the screen stay; what is being typed, sent or asked in a dialog is left
// alone until the next time. The server answers 304 while nothing has changed.

const { live, liveSeconds } = document.body.dataset;
const MILLISECONDS = 1000 * (Number(liveSeconds) || 30);
const TYPING = ":is(textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])):focus";
const known = new WeakMap();
let version = "";
let askedAt = Date.now();
let isAsking = false;
let isOver = false;

// Tokens of forms differ each time and mean nothing.
function plain(region) {
  const copy = region.cloneNode(true);
  copy.querySelectorAll("input[type=hidden]").forEach((each) => each.remove());
  return `${copy.className} ${copy.innerHTML}`;
}

function isInUse(region) {
  const picks = region.querySelector("[data-pick]") && document.querySelector("dialog[open], .row-acts:popover-open");
  return Boolean(picks || region.querySelector(`${TYPING}, form[data-sent], [data-pick-all]:checked, details[data-menu][open]`));
}

const rowOf = (element) => element.closest("tr, li, article");
const keyOf = (element) => element.id || element.getAttribute("href") || `${element.name}=${element.value}`;

function focusIn(region) {
  const element = document.activeElement;
  if (!region.contains(element) || element === region) return () => {};
  const rows = [...region.querySelectorAll("tr, li, article")];
  const [key, place] = [keyOf(element), rows.indexOf(rowOf(element))];
  return () => {
    const same = [...region.querySelectorAll("a, button, input, summary")].find((each) => keyOf(each) === key);
    const left = [...region.querySelectorAll("tr, li, article")];
    const near = left[Math.min(place, left.length - 1)];
    (same ?? near?.querySelector("[data-open]") ?? near?.querySelector("a, button, input"))?.focus({ preventScroll: true });
  };
}

// The first row that is seen stays where it is, whatever comes or goes above it.
function placeIn(region) {
  const seen = [...region.querySelectorAll("[data-open]")].find((each) => each.getBoundingClientRect().top >= 0);
  const [href, top] = [seen?.getAttribute("href"), seen?.getBoundingClientRect().top];
  return () => {
    const again = seen && [...region.querySelectorAll("[data-open]")].find((each) => each.getAttribute("href") === href);
    if (again && window.scrollY) window.scrollBy(0, again.getBoundingClientRect().top - top);
  };
}

function takeOver(region, next) {
  const said = plain(next);
  if ((known.get(region) ?? plain(region)) === said) return true;
  if (isInUse(region)) return false;
  const ticked = new Set([...region.querySelectorAll("[data-pick]:checked")].map((box) => box.value));
  const [refocus, replace] = [focusIn(region), placeIn(region)];
  region.className = next.className;
  region.replaceChildren(...next.childNodes);
  for (const box of region.querySelectorAll("[data-pick]")) box.checked ||= ticked.has(box.value);
  known.set(region, said);
  window.htmx?.process(region);
  replace();
  refocus();
  return true;
}

function merge(words) {
  const page = new DOMParser().parseFromString(words, "text/html");
  const regions = [...document.querySelectorAll("[data-live][id]")];
  const taken = regions.map((region) => {
    const next = page.getElementById(region.id);
    return !next || takeOver(region, next);
  });
  document.dispatchEvent(new Event("live:refreshed"));
  return taken.every(Boolean);
}

function say(words) {
  const toast = document.getElementById("fault-toast").content.cloneNode(true);
  toast.querySelector("p").textContent = words;
  document.getElementById("toasts").append(toast);
}

async function ask() {
  if (isAsking || isOver || document.visibilityState !== "visible") return;
  [isAsking, askedAt] = [true, Date.now()];
  try {
    const headers = { "HX-Trigger-Name": "poll", ...(version && { "If-None-Match": version }) };
    const answer = await fetch(live || location.href, { headers, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") {
      isOver = true;
      say("You were signed out, so this page is as it was. What you typed is still here: copy it before you sign in again.");
    } else if (answer.ok) {
      version = merge(await answer.text()) ? answer.headers.get("ETag") ?? "" : "";
    }
  } catch {
    // No connection at the moment: the next time will do.
  } finally {
    isAsking = false;
  }
}

// A page that says who is here says so when it is closed; one that cannot is left out after a while.
function leave() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!document.getElementById("here") || !token) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  navigator.sendBeacon(live, body);
}

if (liveSeconds) {
  for (const region of document.querySelectorAll("[data-live][id]")) known.set(region, plain(region));
  setInterval(ask, MILLISECONDS);
  document.addEventListener("visibilitychange", () => { if (Date.now() - askedAt >= MILLISECONDS) ask(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
}
