// Elements, links and signs. Text enters the page as text only: nothing here takes markup.

/** An element with attributes and children; strings become text, null is left out, `onclick` and such listen. */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...present(children));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

function fill(node, ...children) {
  node.replaceChildren(...present(children));
}

function present(children) {
  return children.flat(3).filter((child) => child !== null && child !== undefined && child !== false);
}

/** An address that may be followed: http or https with a host, else an empty string. */
function safeUrl(url) {
  try {
    const parsed = new URL(String(url));
    return ["http:", "https:"].includes(parsed.protocol) && parsed.hostname ? parsed.href : "";
  } catch {
    return "";
  }
}

/** A link that opens beside the board, or plain words where the address is none. */
function link(url, words) {
  const href = safeUrl(url);
  const text = bdi(words);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

/** Words from outside, fenced so that their direction cannot turn what stands around them. */
function bdi(words) {
  return el("bdi", {}, String(words ?? ""));
}

function button(words, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, words);
}

/** A side as sign and words in its colour. */
function side(stance, words = sideOf(stance).name) {
  return el("span", { class: `side ${sideOf(stance).key}` }, sign(stance), " ", words);
}

function sign(stance) {
  return el("span", { "aria-hidden": "true" }, sideOf(stance).symbol);
}

function badge(stance) {
  const shown = sideOf(stance);
  return el("span", { class: `badge ${shown.key}` }, sign(stance), " ", shown.badge);
}

/** Words of an actor as printed behind a bar in the colour of the side. */
function quotation(stance, words) {
  return el("blockquote", { class: `quote ${sideOf(stance).key}` }, bdi(words));
}

/** A list that shows `most` entries, and the rest on demand; print shows all of them. */
function longList(entries, draw, most, { name, className }) {
  const list = el("ol", { class: className, role: "list" });
  const box = el("div", {}, list);
  let shown = 0;
  const more = button("", () => grow(most * 2, true), { class: "more" });
  function grow(count, isAsked = false) {
    const fresh = entries.slice(shown, shown + count).map(draw);
    list.append(...fresh);
    shown += fresh.length;
    const left = entries.length - shown;
    more.textContent = `Show ${number(Math.min(most * 2, left))} more of ${number(left)} ${name}`;
    if (!left) more.remove();
    if (isAsked && fresh.length) focusOn(fresh[0]);
  }
  grow(most);
  if (shown < entries.length) box.append(more);
  box.showUntil = (index) => index >= shown && grow(index - shown + 1);
  list.showAll = () => grow(entries.length);
  list.setAttribute("data-long", "");
  return box;
}

/** Moves the focus to something that is none of the controls. */
function focusOn(node) {
  node.setAttribute("tabindex", "-1");
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}
