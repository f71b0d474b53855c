// The review queue by keyboard: one key decides the phrase in focus, the next one takes its place. Rulings go out in the
// order they were made, as many at a time as have gathered, so that nobody waits for the network between two keys.
// Without this file every decision is a form of its own.
"use strict";
(() => {
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  const DECISIONS = { a: "accept", p: "partial", r: "reject", n: "no_guess" };
  const left = document.querySelector("[data-left]");
  const said = document.querySelector("[data-said]");
  const items = () => [...queue.querySelectorAll(".item:not([hidden])")];
  const current = () => document.activeElement.closest?.(".item");
  const done = []; // {item, number}: number is null until the server has answered
  let pending = [];
  let sending = null;

  for (const one of document.querySelectorAll(".with-script")) one.hidden = false;
  document.querySelector("[data-undo]")?.remove();

  const say = (text) => { said.textContent = text ? ` – ${text}` : ""; };
  const count = (by) => { left.textContent = Math.max(0, Number(left.textContent) + by); };

  function move(item, step) {
    const shown = items();
    const next = shown[shown.indexOf(item) + step];
    if (next) next.focus();
  }

  function decide(item, decision, credit) {
    const shown = items();
    const next = shown[shown.indexOf(item) + 1] ?? shown[shown.indexOf(item) - 1];
    const because = item.querySelector("[name=because]").value;
    const entry = { item, number: null, dropped: false };
    done.push(entry);
    pending.push({ entry, case: item.dataset.case, phrase: item.dataset.phrase, decision, credit, because });
    item.hidden = true;
    count(-1);
    say(`“${item.dataset.phrase}”: ${decision.replace("_", " ")}${decision === "partial" ? ` ${credit}` : ""}`);
    if (next) next.focus(); else queue.dispatchEvent(new Event("cleared"));
    sending ??= send();
  }

  async function post(path, fields) {
    const body = new URLSearchParams([["csrf", queue.dataset.csrf], ...fields]);
    const headers = { Accept: "application/json" };
    const answer = await fetch(path, { method: "POST", body, headers, redirect: "manual", keepalive: true });
    if (answer.type === "opaqueredirect") return {};
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).problem ?? `the server said ${answer.status}`);
    return answer.json().catch(() => ({}));
  }

  function rule(batch) {
    const names = ["case", "phrase", "decision", "credit", "because"];
    return post("/console/review/rulings", batch.flatMap((one) => names.map((name) => [name, one[name]])));
  }

  async function send() {
    while (pending.length) {
      const batch = pending.splice(0, 50);
      try {
        const told = await rule(batch);
        batch.forEach((one, place) => { one.entry.number = told.rulings[place]; });
        const late = told.rulings.filter((number) => number === null).length;
        if (late) say(`${late} did not wait any more: somebody else was quicker`);
      } catch (error) {
        for (const { entry } of [...batch, ...pending]) bring(entry);
        pending = [];
        say(`not saved (${error.message}); these phrases are back`);
      }
    }
    sending = null;
    if (!items().length && !pending.length) location.reload();
  }

  function bring(entry) {
    done.splice(done.indexOf(entry), 1);
    entry.item.hidden = false;
    count(1);
  }

  async function undo() {
    const entry = done.at(-1);
    if (!entry) return say("nothing to undo here");
    const unsent = pending.find((one) => one.entry === entry);
    if (unsent) pending.splice(pending.indexOf(unsent), 1);
    else {
      await sending;
      if (!done.includes(entry)) return;
      try {
        if (entry.number !== null) await post("/console/review/undo", [["ruling", entry.number]]);
      } catch (error) {
        return say(`not undone (${error.message})`);
      }
    }
    bring(entry);
    entry.item.focus();
    say(`“${entry.item.dataset.phrase}” waits again`);
  }

  queue.addEventListener("cleared", () => say("saving"));
  queue.addEventListener("keydown", (event) => {
    const item = current();
    const typing = event.target.matches("input");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing) {
      if (event.key === "Escape") item.focus();
      return;
    }
    const key = event.key.toLowerCase();
    if (key in DECISIONS) decide(item, DECISIONS[key], key === "p" ? item.querySelector("[name=credit]").value : "");
    else if (/^[1-9]$/.test(key)) decide(item, "partial", `0.${key}`);
    else if (key === "u") undo();
    else if (key === "j" || key === "arrowdown") move(item, 1);
    else if (key === "k" || key === "arrowup") move(item, -1);
    else if (key === "b") { item.querySelector(".why").open = true; item.querySelector("[name=because]").focus(); }
    else return;
    event.preventDefault();
  });
  queue.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=decision]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest(".item");
    decide(item, button.value, button.value === "partial" ? item.querySelector("[name=credit]").value : "");
  });
  queue.addEventListener("submit", (event) => {
    event.preventDefault(); // Enter in the reason or the credit decides nothing: a key on the phrase does
    event.target.closest(".item").focus();
  });
  // Who leaves at once loses no ruling: what waits goes out now, and what is on its way outlives the page.
  addEventListener("pagehide", () => { if (pending.length) rule(pending.splice(0, 50)).catch(() => {}); });
  items()[0]?.focus();
})();
