// Says while amounts are typed what is neither paid nor adjusted. The server checks it again.

const CENTS = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d{1,2}))?$/;

function cents(field) {
  const found = CENTS.exec(field?.value.trim() ?? "");
  if (!found) return NaN;
  return Number(found[1].replaceAll(",", "") || 0) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

function named(part, name) {
  return [...part.querySelectorAll("[data-amount-field]")].filter((field) => name.test(field.name));
}

function sums(part) {
  const adjusted = named(part, /amount\d$/).reduce((sum, field) => sum + cents(field), 0);
  return { charge: cents(named(part, /charge$/)[0]), paid: cents(named(part, /paid$/)[0]), adjusted };
}

function words(left) {
  if (Number.isNaN(left)) return "An amount cannot be read yet.";
  const dollars = `$${(Math.abs(left) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;
  if (left === 0) return "Balances.";
  return left > 0 ? `${dollars} of the charge is neither paid nor adjusted.` : `${dollars} more than the charge.`;
}

function weigh(form) {
  let onLines = 0;
  for (const line of form.querySelectorAll("[data-balance-line]")) {
    const { charge, paid, adjusted } = sums(line);
    onLines += adjusted;
    const isEmpty = ![...line.querySelectorAll("input")].some((field) => field.value.trim());
    line.querySelector("[data-balance-words]").textContent = isEmpty ? "" : words(charge - paid - adjusted);
  }
  const claim = sums(form.querySelector("[data-balance-part]"));
  form.querySelector("[data-balance-claim]").textContent = claim.charge
    ? `Claim with its lines: ${words(claim.charge - claim.paid - claim.adjusted - onLines)}` : "";
}

for (const form of document.querySelectorAll("form[data-balance]")) {
  weigh(form);
  form.addEventListener("input", () => weigh(form));
}
