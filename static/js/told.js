// What was done is said as well as shown, once. A live region says only what is put into it while it is there, and a
// toast mostly comes with its page: #told says those words a moment later, and forgets them so that nobody reads them twice.

const MOMENT = 300;
const LONG_ENOUGH = 5000;
const toasts = document.getElementById("toasts");
const told = document.getElementById("told");
const words = [...toasts?.querySelectorAll(".toast > p") ?? []].map((each) => each.textContent.trim()).join(" ");

if (told && words) {
  setTimeout(() => { told.textContent = words; }, MOMENT);
  setTimeout(() => { told.textContent = ""; }, LONG_ENOUGH);
}

// Dismissed by its key, a toast takes the focus away with it: the page is gone on with.
toasts?.addEventListener("toggle", (event) => {
  if (!event.target.open && event.target.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
}, true);
