// GOV.UK Frontend's style sheet without its font face and without the components that no page uses.
const UNUSED = [
  "accordion", "back-link", "breadcrumbs", "character-count", "cookie-banner", "date-input", "exit-this-page", "feedback",
  "file-upload", "footer", "generic-header", "header", "inset-text", "language-navigation", "logo", "notification-banner",
  "panel", "password-input", "pagination", "phase-banner", "summary-card", "summary-list", "table", "tabs", "tag",
  "task-list", "warning-text", "service-navigation", "width-container", "main-wrapper", "grid-row", "grid-column",
  "section-break", "heading", "caption", "body-l", "body-s", "body-m", "body-lead", "section", "header__", "clearfix",
].join("|");
const DROPPED = new RegExp(`\\.govuk-(${UNUSED})(?![a-z])`);
const OVERRIDES = /\.govuk-!-/;

/** Splits a sheet into [prelude, body] pairs of its top level; body is null for statements such as @charset. */
function* rules(css) {
  let start = 0;
  for (let at = 0, depth = 0, open = 0; at < css.length; at += 1) {
    if (css[at] === "{" && depth++ === 0) open = at;
    else if (css[at] === "}" && --depth === 0) {
      yield [css.slice(start, open), css.slice(open + 1, at)];
      start = at + 1;
    } else if (css[at] === ";" && depth === 0) {
      yield [css.slice(start, at), null];
      start = at + 1;
    }
  }
}

const kept = (selectors) =>
  selectors.split(/,(?![^(]*\))/).filter((one) => !DROPPED.test(one) && !OVERRIDES.test(one)).join(",");

function shown([before, body]) {
  const prelude = before.trim();
  if (body === null) return `${prelude};`;
  if (prelude.startsWith("@font-face") || prelude.includes("\\0")) return "";
  if (/^@(media|supports)/.test(prelude)) {
    const inner = withoutUnused(body);
    return inner && `${prelude}{${inner}}`;
  }
  if (prelude.startsWith("@")) return `${prelude}{${body}}`;
  const selectors = kept(prelude);
  return selectors && `${selectors}{${body}}`;
}

export function withoutUnused(css) {
  return [...rules(css.replace(/\/\*.*?\*\//gs, "").replace(/"?GDS Transport"?,\s*/g, ""))].map(shown).join("");
}
