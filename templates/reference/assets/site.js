// What pages do beyond being read: the theme, tabs, copying, colours in code, and the search.
"use strict";

const root = document.body.dataset.root;

function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    // Without storage, what is chosen holds for this page.
  }
  return null;
}

function made(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// The theme: that of the system, until one is chosen.
const theme = document.getElementById("theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const now = document.documentElement.dataset.theme || system;
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  stored("soapgen-theme", next);
});

// The list of operations is open where there is room for it, at the place of this one.
const aside = document.querySelector(".aside details");
if (aside) {
  const wide = matchMedia("(min-width: 60.01rem)");
  const place = () => {
    aside.open = wide.matches;
    const here = aside.querySelector("[aria-current]");
    if (here && wide.matches) {
      aside.parentElement.scrollTop = here.offsetTop - aside.parentElement.clientHeight / 2;
    }
  };
  wide.addEventListener("change", place);
  place();
}

// Colours: a comment, a string, a number, a keyword or a name for each match.
const words = {
  Python: /(?<c>#[^\n]*)|(?<s>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<k>\b(?:from|import|None|True|False|class|def)\b)|(?<d>\b\d[\d.]*\b)|(?<n>\b[A-Z]\w*(?=[(.]))/g,
  JSON: /(?<n>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<s>"(?:[^"\\]|\\.)*")|(?<d>-?\b\d[\d.eE+-]*)|(?<k>\b(?:true|false|null)\b)/g,
  XML: /(?<c><!--[^]*?-->|<\?[^]*?\?>)|(?<n><\/?[^\s<>\/]+|\/?>)|(?<s>"[^"]*")/g,
};
for (const code of document.querySelectorAll("code[data-language]")) {
  const pattern = words[code.dataset.language];
  if (pattern) code.replaceChildren(...coloured(code.textContent, pattern));
}
for (const code of document.querySelectorAll('code[data-language="signature"]')) {
  const first = code.firstChild;
  const parts = first && first.nodeType === Node.TEXT_NODE && /^(def) (\w+)/.exec(first.data);
  if (parts) {
    first.data = first.data.slice(parts[0].length);
    const name = made("span", { class: "n" }, parts[2]);
    first.before(made("span", { class: "k" }, parts[1]), " ", name);
  }
}

function coloured(text, pattern) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) pieces.push(text.slice(end, found.index));
    const [kind] = Object.entries(found.groups).find(([, value]) => value !== undefined);
    pieces.push(made("span", { class: kind }, found[0]));
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

// Copying.
for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    button.textContent = (await copied(code)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}

async function copied(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(code); // a browser may refuse it to a page from a file
    return document.execCommand("copy");
  }
}

// Tabs. All of one page show the same language, and so does the next page.
const groups = [...document.querySelectorAll(".tabbed")].map(tabbed);
const language = stored("soapgen-language");
for (const choose of groups) choose(language);

function tabbed(group, at) {
  const panels = [...group.querySelectorAll(":scope > section")];
  const list = made("div", { class: "tabs", role: "tablist", "aria-label": group.dataset.title });
  const tabs = panels.map((panel, number) => {
    const name = panel.dataset.tab;
    const tab = made("button", { type: "button", role: "tab", id: `tab-${at}-${number}` }, name);
    panel.id = `panel-${at}-${number}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => {
      stored("soapgen-language", name);
      for (const choose of groups) choose(name);
    });
    return tab;
  });
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  list.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  list.append(...tabs);
  group.prepend(list);
  group.classList.add("ready");
  return (name) => {
    const chosen = Math.max(panels.findIndex((panel) => panel.dataset.tab === name), 0);
    panels.forEach((panel, number) => {
      panel.hidden = number !== chosen;
      tabs[number].setAttribute("aria-selected", number === chosen);
      tabs[number].tabIndex = number === chosen ? 0 : -1;
    });
  };
}

// The search. Its data and the library are loaded when it is first wanted: as scripts, since a page
// from a file may fetch nothing else.
const box = document.querySelector(".search");
const input = document.getElementById("search");
const found = document.getElementById("found");
const told = document.getElementById("told");
const most = 30;
let index = null;
let loading = null;
box.hidden = false;

const load = (name) =>
  new Promise((resolve, reject) => {
    const script = made("script", { src: `${root}assets/${name}` });
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });

// GetPersonEntity is found as such and by its words, and so is get_person_entity.
const parts = (text) => {
  const pieces = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const words = pieces.flatMap((piece) => piece.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}]+/gu) || []);
  return [...new Set([...pieces, ...words])];
};

function ready() {
  loading ??= Promise.all([load("minisearch.js"), load("search-data.js")]).then(() => {
    const keys = ["kind", "name", "xml", "service", "path", "text"];
    const documents = globalThis.soapgenReference.map((values, id) =>
      Object.fromEntries([["id", id], ...keys.map((key, at) => [key, values[at]])]),
    );
    index = new globalThis.MiniSearch({
      fields: ["name", "xml", "service", "text"],
      storeFields: keys,
      tokenize: parts,
      searchOptions: {
        tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean),
        boost: { name: 4, xml: 3, service: 1.5 },
        combineWith: "AND",
        prefix: true,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      },
    });
    index.addAll(documents);
  });
  return loading;
}

async function search() {
  const text = input.value.trim();
  await ready();
  if (text !== input.value.trim()) return; // more was typed meanwhile
  const hits = text ? index.search(text, { boostDocument: closer(text) }) : [];
  const options = hits.slice(0, most).map((hit, at) => option(hit, at, text));
  if (text && !hits.length) {
    options.push(made("li", { class: "nothing", role: "option", "aria-disabled": "true" }, "Nothing found"));
  }
  found.replaceChildren(...options);
  told.textContent = text ? `${hits.length} found` : "";
  show(text !== "");
  choose(hits.length ? 0 : -1);
}

// What is called just so comes first, then what begins so.
function closer(text) {
  const wanted = text.toLowerCase();
  return (id, term, { name, xml }) => {
    const names = [name.toLowerCase(), xml.toLowerCase()];
    if (names.includes(wanted)) return 20;
    return names.some((item) => item.startsWith(wanted)) ? 3 : 1;
  };
}

function option(hit, at, text) {
  const kind = [hit.kind, hit.service].filter(Boolean).join(" · ");
  const item = made("li", { role: "option", id: `found-${at}`, "data-path": hit.path });
  item.append(
    made("span", { class: "name" }, ...marked(hit.name, text)),
    made("span", { class: "kind" }, kind),
  );
  if (hit.text) item.append(made("span", { class: "text" }, hit.text));
  item.addEventListener("click", () => go(item));
  return item;
}

function marked(name, text) {
  const at = name.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return [name];
  const end = at + text.length;
  return [name.slice(0, at), made("mark", {}, name.slice(at, end)), name.slice(end)];
}

const options = () => [...found.querySelectorAll("[data-path]")];
const chosen = () => found.querySelector('[aria-selected="true"]');

function choose(at) {
  options().forEach((item, number) => item.setAttribute("aria-selected", number === at));
  const item = chosen();
  if (item) {
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function show(is_open) {
  found.hidden = !is_open;
  input.setAttribute("aria-expanded", is_open);
}

function go(item) {
  location.href = root + item.dataset.path;
}

input.addEventListener("focus", ready);
input.addEventListener("input", search);
input.addEventListener("keydown", (event) => {
  const all = options();
  const at = all.indexOf(chosen());
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (all.length) choose((at + step + all.length) % all.length);
  } else if (event.key === "Enter" && chosen()) {
    go(chosen());
  } else if (event.key === "Escape") {
    input.value = "";
    show(false);
    input.blur();
  }
});
document.addEventListener("click", (event) => {
  if (!box.contains(event.target)) show(false);
});
document.addEventListener("keydown", (event) => {
  const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && !typing && plain) {
    event.preventDefault();
    input.focus();
  }
});
