// Text nobody has saved yet: a form[data-guard] asks before the page is left; with "now" it came back with such text.

const changed = new Set(document.querySelectorAll("form[data-guard=now]"));

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
