// Comfort only: names while typing, Ctrl+Enter in the editor. Every page works without it.
"use strict";

const WAIT = 120; // milliseconds after a key before names are asked for

/** A combobox after the ARIA pattern: arrows choose, Enter takes, Escape closes; what is found by a synonym says so. */
class Completion {
  constructor(field) {
    this.field = field;
    this.found = [];
    this.at = -1;
    this.turn = 0;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${field.id}-names`, className: "names", hidden: true, role: "listbox" });
    this.list.setAttribute("aria-label", "Names");
    field.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.field.value.trim();
    const turn = ++this.turn;
    if (text.length < 2) return this.close();
    this.timer = setTimeout(async () => {
      try {
        const answer = await fetch("/suggest?q=" + encodeURIComponent(text));
        const found = await answer.json();
        if (turn === this.turn) this.show(found);
      } catch {
        this.close(); // no suggestions, then
      }
    }, WAIT);
  }

  show(found) {
    this.found = found;
    this.choose(-1);
    this.list.replaceChildren(...found.map((one, number) => this.option(one, number)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(Boolean(found.length)));
  }

  option(one, number) {
    const item = document.createElement("li");
    Object.assign(item, { id: `${this.list.id}-${number}`, role: "option" });
    const parts = [["bdi", "", one.name], ["span", "badge type", one.type], ["bdi", "quiet", one.also]];
    for (const [tag, kind, text] of parts.filter((part) => part[2])) {
      const part = document.createElement(tag);
      Object.assign(part, { className: kind, textContent: text });
      item.append(part, " ");
    }
    item.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the focus
      this.take(one);
    });
    return item;
  }

  choose(number) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = number;
    const item = this.list.children[number];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.field.setAttribute("aria-activedescendant", item.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const size = this.found.length;
    if (step) this.choose(this.at < 0 ? (step > 0 ? 0 : size - 1) : (this.at + step + size) % size);
    else if (event.key === "Enter" && this.at >= 0) this.take(this.found[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  close() {
    this.turn++;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  /** A page is gone to, an identifier is sent, a name is filled in. */
  take(one) {
    this.close();
    const kind = this.field.dataset.suggest;
    if (kind === "page") {
      location.assign("/entity/" + encodeURIComponent(one.id).replaceAll("%3A", ":"));
      return;
    }
    this.field.value = kind === "id" ? one.id : one.name;
    if (kind === "id") this.field.form.requestSubmit();
  }
}

for (const field of document.querySelectorAll("input[data-suggest]")) new Completion(field);
for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
const editor = document.querySelector(".editor textarea");
editor?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
});
