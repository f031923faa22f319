// Dialogs and menus. An element with data-opens="id" opens that <dialog>; without script it stays the link it is.
// data-closes on a button inside closes it again.
// The browser itself keeps focus inside and gives it back. An answer with the header HX-Trigger: close-dialog closes it.

// A dialog with data-fresh is filled by htmx each time; until then it says what it said when the page came.

const asMade = new Map([...document.querySelectorAll("dialog[data-fresh]")].map((each) => [each, each.innerHTML]));

function focusIn(dialog) {
  dialog.querySelector("[autofocus], .dialog-body :is(input:not([type=hidden]), select, textarea)")?.focus();
}

function open(dialog) {
  if (dialog.open) return;
  if (asMade.has(dialog)) dialog.innerHTML = asMade.get(dialog);
  document.querySelector("[popover]:popover-open")?.hidePopover(); // gives focus to its button, to which the dialog gives it back
  dialog.showModal();
  focusIn(dialog);
  if (document.activeElement.matches(".dialog-body")) dialog.scrollTop = 0; // read from its beginning
}

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-closes]")?.closest("dialog").close();
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    open(dialog);
  } else if (event.target.matches?.("dialog.dialog")) {
    event.target.close();
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target) || dialog) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.matches?.("dialog[data-fresh][open]")) focusIn(event.target);
});

document.addEventListener("close-dialog", () => document.querySelector("dialog[open]")?.close());
