// Comfort only: suggestions while typing a name, Ctrl+Enter in the editor. Every page works without it.
"use strict";

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = field.id + "-names";
  field.after(list);
  field.setAttribute("list", list.id);
  let timer = 0;
  let asked = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < 2) return;
    timer = setTimeout(async () => {
      const turn = ++asked;
      try {
        const answer = await fetch("/suggest?q=" + encodeURIComponent(text));
        const found = await answer.json();
        if (turn !== asked) return;
        list.replaceChildren(...found.map((one) => {
          const option = document.createElement("option");
          option.value = one.name;
          option.label = one.type;
          return option;
        }));
      } catch {
        // no suggestions, then
      }
    }, 150);
  });
}

for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
const editor = document.querySelector(".editor textarea");
editor?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
});
