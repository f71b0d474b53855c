"use strict";
// Two conveniences; the page works without them. Nothing that a person types is ever replaced.

// Counting characters roughly as X does: a link is 23, most scripts of Europe 1, everything else 2.
function weigh(text) {
  const links = text.match(/https?:\/\/\S+/g) || [];
  let weight = links.length * 23;
  for (const character of text.replace(/https?:\/\/\S+/g, "")) {
    const code = character.codePointAt(0);
    weight += code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247) ? 1 : 2;
  }
  return weight;
}

for (const field of document.querySelectorAll("textarea[data-count]")) {
  const shown = field.form.querySelector(".count");
  const update = () => {
    const left = Number(field.dataset.count) - weigh(field.value);
    shown.textContent = field.value ? (left < 0 ? "long post" : String(left)) : "";
    shown.classList.toggle("low", left < 20);
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight + 2, 400) + "px";
  };
  field.addEventListener("input", update);
  update();
}

const main = document.querySelector("main[data-scope]");
const fresh = document.querySelector("a.fresh");
async function look() {
  if (document.hidden) return;
  try {
    const query = new URLSearchParams({ scope: main.dataset.scope, after: main.dataset.after });
    const found = await (await fetch("/poll?" + query)).json();
    if (found.new > 0) {
      const noun = main.dataset.scope === "home" || main.dataset.scope === "latest" ? ["post", "posts"] : ["reply", "replies"];
      const number = found.new >= 30 ? "30+" : String(found.new);
      fresh.textContent = "Show " + number + " new " + noun[found.new === 1 ? 0 : 1];
      fresh.hidden = false;
    }
  } catch {
    // The sandbox is stopped or starting again; the next look may find it.
  }
}
if (main && fresh) {
  fresh.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.reload();
  });
  setInterval(look, 3000);
}
