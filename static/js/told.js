// What was done is said as well as shown. A live region says only what is put into it while it is there, and a toast mostly
// comes with its page: so its words are put in once more.

const MOMENT = 300;
const toasts = document.getElementById("toasts");

setTimeout(() => {
  for (const words of toasts?.querySelectorAll(".toast > p") ?? []) words.replaceWith(words.cloneNode(true));
}, MOMENT);

// Dismissed by its key, a toast takes the focus away with it: the page is gone on with.
toasts?.addEventListener("toggle", (event) => {
  if (!event.target.open && event.target.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
}, true);
