// The calendar by drag: a case is taken by its grip and dropped at its new place, by mouse, pen or finger. What is sent is
// the form that the buttons send, with the place as a number; Escape puts everything back. Without this file, and by
// keyboard, the buttons do the same.
"use strict";
(() => {
  const EDGE = 60; // pixels from the window's edge in which it scrolls along
  const slots = (list) => [...list.querySelectorAll(":scope > [data-slot]")];

  function take(list, slot, grip, event) {
    const before = slots(list);
    slot.classList.add("taken");
    grip.setPointerCapture(event.pointerId);

    const follow = (moved) => {
      if (moved.clientY < EDGE) scrollBy(0, -12);
      else if (moved.clientY > innerHeight - EDGE) scrollBy(0, 12);
      const other = slots(list).find((one) => {
        const box = one.getBoundingClientRect();
        return one !== slot && moved.clientY > box.top && moved.clientY < box.bottom;
      });
      if (!other) return;
      const box = other.getBoundingClientRect();
      const past = moved.clientY - (box.top + box.height / 2);
      const order = slots(list);
      const [from, to] = [order.indexOf(slot), order.indexOf(other)];
      // The others move around what is held: an element that is put elsewhere loses the pointer.
      if (from < to && past > 0) for (const one of order.slice(from + 1, to + 1)) slot.before(one);
      else if (from > to && past < 0) for (const one of order.slice(to, from).reverse()) slot.after(one);
    };

    const end = (done) => {
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", drop);
      grip.removeEventListener("pointercancel", back);
      removeEventListener("keydown", escape);
      slot.classList.remove("taken");
      if (!done) for (const one of before) list.append(one);
    };
    const back = () => end(false);
    const escape = (pressed) => { if (pressed.key === "Escape") back(); };
    const drop = () => {
      end(true);
      const place = slots(list).indexOf(slot);
      if (place === before.indexOf(slot)) return;
      const form = slot.querySelector("form[data-move]");
      const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: place + 1 });
      form.append(to);
      form.submit();
    };

    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", back);
    addEventListener("keydown", escape);
  }

  for (const list of document.querySelectorAll("[data-slots]")) {
    if (slots(list).length < 2) continue;
    for (const slot of slots(list)) {
      const grip = slot.querySelector("[data-grip]");
      if (!grip) continue;
      grip.hidden = false;
      grip.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        take(list, slot, grip, event);
      });
    }
  }
})();
