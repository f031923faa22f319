// Text nobody has saved yet: a form[data-guard] asks before the page is left; with "now" it came back with such text.
// A form[data-needs-saved] is not sent before that text is saved, and says so in its [data-unsaved].

const changed = new Set(document.querySelectorAll("form[data-guard=now]"));

const isUnsaved = () => [...changed].some((form) => form.isConnected);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if (isUnsaved()) event.preventDefault();
});

function tellOfUnsaved() {
  for (const each of document.querySelectorAll("[data-unsaved]")) each.hidden = !isUnsaved();
}
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-opens]")) tellOfUnsaved(); });
window.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-needs-saved]") || !isUnsaved()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tellOfUnsaved();
}, { capture: true }); // before anything else hears that it is sent
