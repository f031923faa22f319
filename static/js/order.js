// A table whose rows have an order ([data-order]): drag a row by its handle, or move it with the arrow keys. Nothing is
// changed here: letting go, or Enter, opens the row's form with the new place filled in, where somebody says why.

const said = document.querySelector("[data-order-said]");
const rows = () => [...document.querySelectorAll("[data-order-row]")];
let moving = null;

function say(words) {
  said.textContent = words;
}

function begin(row) {
  if (moving?.row === row) return;
  putBack();
  moving = { row, from: rows().indexOf(row), home: row.nextElementSibling };
  row.classList.add("moving");
}

function putBack() {
  if (!moving) return;
  moving.row.parentElement.insertBefore(moving.row, moving.home);
  end();
}

function end() {
  moving?.row.classList.remove("moving");
  moving = null;
}

const isMoved = () => moving && rows().indexOf(moving.row) !== moving.from;

function place(row) {
  return `Place ${rows().indexOf(row) + 1} of ${rows().length}.`;
}

// The form of the row says "asked before": the row that now comes next, or nothing for the last one.
function ask() {
  const next = moving.row.nextElementSibling?.dataset.orderRow ?? "";
  const { orderUrl } = moving.row.dataset;
  end();
  location.assign(`${orderUrl}?before=${next}`);
}

function step(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return say("It cannot go further.");
  row.parentElement.insertBefore(row, by < 0 ? other : other.nextElementSibling);
  row.querySelector("[data-order-handle]").focus();
  say(`${place(row)} Enter to ask for this change, Escape to put it back.`);
}

document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-order-handle]");
  if (!handle) return;
  const row = handle.closest("[data-order-row]");
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    begin(row);
    step(row, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Enter" && isMoved()) {
    event.preventDefault();
    ask();
  } else if (event.key === "Escape" && moving) {
    putBack();
    handle.focus();
    say(`Put back. ${place(row)}`);
  }
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-order-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  handle.setPointerCapture(event.pointerId);
  begin(handle.closest("[data-order-row]"));
  moving.pointer = event.pointerId;
});

document.addEventListener("pointermove", (event) => {
  if (moving?.pointer !== event.pointerId) return;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-order-row]");
  if (!over || over === moving.row) return;
  const box = over.getBoundingClientRect();
  const isAbove = event.clientY < box.top + box.height / 2;
  over.parentElement.insertBefore(moving.row, isAbove ? over : over.nextElementSibling);
  say(place(moving.row));
});

document.addEventListener("pointerup", (event) => {
  if (moving?.pointer !== event.pointerId) return;
  if (isMoved()) ask();
  else end();
});

document.addEventListener("pointercancel", (event) => {
  if (moving?.pointer === event.pointerId) putBack();
});
