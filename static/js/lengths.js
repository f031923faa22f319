// How long a text is, said below its field [data-longest] once that comes near what there is room for. Nothing is cut, and
// what is too long is not sent; without JavaScript the server refuses it, and shows it again.

const NEAR = 0.9;
const places = new WeakMap();

// As the server counts: characters, and one for a line break.
const lengthOf = (field) => [...field.value.trim()].length;
const written = (number) => number.toLocaleString("en-US");

function inWords(length, longest) {
  if (length > longest) return `${written(length)} characters, ${written(length - longest)} more than there is room for. Shorten or split it: longer than ${written(longest)} it is not saved.`;
  return length >= longest * NEAR ? `${written(length)} of ${written(longest)} characters` : "";
}

// Made before it has words, so that they are read out when they come.
function placeOf(field) {
  if (!places.has(field)) {
    const place = document.createElement("div");
    place.className = "help length";
    place.setAttribute("role", "status");
    field.after(place);
    places.set(field, place);
  }
  return places.get(field);
}

function tell(field) {
  const longest = Number(field.dataset.longest);
  const length = lengthOf(field);
  const place = placeOf(field);
  const words = inWords(length, longest);
  if (place.textContent !== words) place.textContent = words;
  place.classList.toggle("tone-late", length > longest);
}

for (const kind of ["focusin", "input"]) {
  document.addEventListener(kind, (event) => { if (event.target.matches?.("[data-longest]")) tell(event.target); });
}

// Before any other part of the page takes the form for sent. Fields out of sight belong to other dialogs of the same form.
document.addEventListener("submit", (event) => {
  if (event.submitter?.formNoValidate) return;
  const isTooLong = (field) => field.matches("[data-longest]") && lengthOf(field) > Number(field.dataset.longest) && field.checkVisibility();
  const field = [...event.target.elements].find(isTooLong);
  if (!field) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(field);
  field.focus({ preventScroll: true });
  placeOf(field).scrollIntoView({ block: "center" }); // a long text is higher than the window
}, { capture: true });
