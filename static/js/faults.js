// An htmx request that failed says so: the page stays as it was, the toast stays until dismissed.

function say(words) {
  const toast = document.getElementById("fault-toast").content.cloneNode(true);
  if (words) toast.querySelector("p").textContent = words;
  document.getElementById("toasts").append(toast);
}

// The page to sign in is no part of an item: what was begun there stays, and the part is asked for again afterwards.
const SIGN_IN = "/accounts/login/";
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (!target.closest("#panels, dialog") || new URL(xhr.responseURL, location.href).pathname !== SIGN_IN) return;
  event.detail.shouldSwap = false;
  say("You are signed out. What you wrote stays here: sign in in another window, then go on.");
});

document.addEventListener("htmx:sendError", () => say("There is no connection to the server. Nothing was sent; try again in a moment."));
document.addEventListener("htmx:timeout", () => say());
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) say("Your role or sign-in does not allow this. Nothing was changed.");
  else if (status === 404) say("This is no longer here. Reload the page to see what is.");
  else say();
});
