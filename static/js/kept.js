// What is typed into form[data-keeps="address"] is kept on the server while somebody types, and before it is sent.
// Without a connection, or signed out, the text stays in its fields, the page says so, and it is tried again by itself.
//
// Any other form that was written in is sent once the server has answered that it would arrive; until then nobody leaves
// the page, which would take the words with it.

const TYPED_MS = 700;
const AGAIN_MS = [2000, 4000, 8000, 15000];
const NO_CONNECTION = "No connection. What you wrote stays here, and is kept as soon as there is one.";
const SIGNED_OUT = "You are signed out. What you wrote stays here: sign in in another window, and it is kept.";
const NOT_SENT = "No connection. Nothing was sent, and what you filled in stays here: send it again once there is one.";
const NOT_SIGNED_IN = "You are signed out. Nothing was sent, and what you filled in stays here: sign in in another window, then send it again.";
const states = new WeakMap();
const ready = new WeakSet();

function stateOf(form) {
  if (!states.has(form)) states.set(form, { timer: 0, tries: 0, isDirty: false, sender: null, saving: null, isOver: false });
  return states.get(form);
}

// Not by FormData of the form: that event also tells the work timer that an act was done.
function filledIn(form) {
  const body = new FormData();
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.name === "form_key" || /^(submit|button|file)$/.test(field.type)) continue;
    if (/^(checkbox|radio)$/.test(field.type) && !field.checked) continue;
    body.append(field.name, field.value);
  }
  return body;
}

function say(form, words, tone = "") {
  const status = form.querySelector("[data-keep-status]") ?? form.parentElement.querySelector("[data-keep-status]");
  if (!status) return;
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("tone-late", tone === "late");
}

function later(form, ms) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => keep(form), ms);
}

function again(form, words) {
  const state = stateOf(form);
  say(form, state.sender ? `${words} It is not sent yet, and goes by itself then.` : words, "late");
  later(form, AGAIN_MS[Math.min(state.tries++, AGAIN_MS.length - 1)]);
}

// Signing in again makes a new token: the old page takes it over.
async function renewToken() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const token = page.querySelector("main [name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

function keep(form, isLeaving = false) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (!state.isOver) state.saving ??= send(form, isLeaving).finally(() => { state.saving = null; });
}

async function send(form, isLeaving) {
  const state = stateOf(form);
  state.isDirty = false;
  const answer = await fetch(form.dataset.keeps, {
    method: "POST", body: filledIn(form), redirect: "manual", keepalive: isLeaving,
  }).catch(() => null);
  const isSignedOut = answer?.type === "opaqueredirect" || answer?.status === 403;
  if (!answer || isSignedOut || answer.status >= 500) {
    state.isDirty = true;
    again(form, isSignedOut ? SIGNED_OUT : NO_CONNECTION);
    if (answer?.status === 403) await renewToken().catch(() => {});
  } else if (answer.ok) {
    state.tries = 0;
    takeOver(form, await answer.json());
  } else if (state.sender) {
    go(form);
  } else {
    state.isDirty = true;
    say(form, await refusal(answer), "late");
    form.dispatchEvent(new CustomEvent("refused", { bubbles: true }));
  }
}

function takeOver(form, told) {
  const state = stateOf(form);
  for (const [name, value] of [["draft", told.draft], ["draft_version", told.version]]) {
    if (form.elements[name] && value !== undefined) form.elements[name].value = value;
  }
  form.dispatchEvent(new CustomEvent("kept", { detail: told, bubbles: true }));
  if (state.isDirty) later(form, state.sender ? 0 : TYPED_MS);
  else if (state.sender) go(form);
  else {
    state.isDirty = Boolean(told.is_partly);
    say(form, told.kept, told.is_partly ? "late" : "");
  }
}

async function refusal(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main p")?.textContent.trim() || "This could not be kept. Copy what you wrote and reload the page.";
}

function go(form) {
  const state = stateOf(form);
  if (!form.isConnected || state.isOver) return;
  const button = state.sender?.isConnected && state.sender.matches("button") ? state.sender : undefined;
  state.isOver = true;
  state.sender = null;
  ready.add(form);
  form.requestSubmit(button);
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-keeps]") || !event.target.name || event.target.matches("[data-not-kept]")) return;
  stateOf(form).isDirty = true;
  if (!stateOf(form).tries) say(form, "…");
  later(form, stateOf(form).tries ? AGAIN_MS[0] : TYPED_MS);
});

// Kept first, then sent: what the connection swallows on its way is still on the server, or in the field.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-keeps]") || ready.delete(form)) return;
  if (event.submitter?.hasAttribute("data-not-kept")) {
    stateOf(form).isOver = true;
    clearTimeout(stateOf(form).timer);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const state = stateOf(form);
  state.sender = event.submitter ?? form;
  say(form, "Sending …");
  if (!state.saving) keep(form);
  else state.isDirty = true;
}, { capture: true });

const forms = () => [...document.querySelectorAll("form[data-keeps]")];
window.addEventListener("online", () => forms().forEach((form) => stateOf(form).isDirty && keep(form)));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) forms().forEach((form) => stateOf(form).isDirty && keep(form, true));
});
window.addEventListener("beforeunload", (event) => {
  if (forms().some((form) => stateOf(form).isDirty && !stateOf(form).isOver)) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) forms().forEach((form) => { stateOf(form).isOver = false; });
});

function ask(form) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", (form.elements.csrfmiddlewaretoken ?? document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "");
  return fetch(document.body.dataset.reach, { method: "POST", body, redirect: "manual" }).catch(() => null);
}

async function whyNotSent(form) {
  let answer = await ask(form);
  if (answer?.status === 403) {
    await renewToken().catch(() => {});
    answer = await ask(form);
  }
  if (!answer || answer.status >= 500) return NOT_SENT;
  return answer.type === "opaqueredirect" || answer.status === 403 ? NOT_SIGNED_IN : "";
}

// In the dialog that the form is in, for nothing else is seen or read then.
function tellNotSent(dialog, words) {
  const toast = document.getElementById("fault-toast").content.cloneNode(true);
  const said = toast.querySelector("p");
  said.textContent = words;
  said.dataset.notSent = "";
  if (words === NOT_SIGNED_IN) {
    const way = Object.assign(document.createElement("a"), { href: location.href, target: "_blank", textContent: "Sign in in another window" });
    said.append(" ", way);
  }
  if (!dialog) {
    document.getElementById("toasts").append(toast);
    return;
  }
  const place = Object.assign(document.createElement("div"), { className: "notice late" });
  place.dataset.notSent = "";
  said.role = "alert"; // among the toasts, which say what comes to them, it would be said twice
  place.append(said);
  dialog.querySelector(".dialog-body").prepend(place);
  place.scrollIntoView({ block: "nearest" });
}

// Buttons alone are sent at once: nothing is lost with them, and the next key may follow.
const WORDS = "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])";
const holdsWords = (field) => (field.matches("textarea") ? field.value : field.matches(WORDS) && field.value !== field.defaultValue);
const wasWrittenIn = (form) => [...form.elements].some((each) => holdsWords(each) && each.checkVisibility());

document.addEventListener("token-refused", (event) => event.detail.waitFor(renewToken().catch(() => {})));

const canBeSent = new WeakSet();

// Who keeps what was begun (begun.js) does so before it is sent.
function isKept() {
  const waits = [];
  document.dispatchEvent(new CustomEvent("sending", { detail: { waitFor: (each) => waits.push(each) } }));
  return Promise.all(waits);
}

async function sendIfItArrives(form, button) {
  form.toggleAttribute("data-sent", true); // neither sent twice nor exchanged meanwhile
  const words = await whyNotSent(form);
  if (!words) await isKept();
  form.toggleAttribute("data-sent", false);
  for (const old of document.querySelectorAll("[data-not-sent]")) (old.closest(".toast") ?? old).remove();
  if (words) {
    tellNotSent((button ?? form).closest("dialog"), words);
    return;
  }
  canBeSent.add(form);
  form.requestSubmit(button);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-keeps]") || canBeSent.delete(form) || !document.body.dataset.reach || !wasWrittenIn(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!form.hasAttribute("data-sent")) sendIfItArrives(form, event.submitter);
}, { capture: true });
