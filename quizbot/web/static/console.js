// On every page of the console: the entry of the navigation that one is at comes into view, and tables know their columns'
// names, by which a narrow screen shows each row as a card. Without this file tables are scrolled.
"use strict";
(() => {
  document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  for (const table of document.querySelectorAll(".console .scroll > .table")) {
    const names = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const row of table.tBodies[0]?.rows ?? []) {
      if (row.cells.length !== names.length) continue;
      for (const [place, cell] of [...row.cells].entries()) cell.dataset.label = names[place];
    }
    table.classList.add("cards-when-narrow");
  }
})();
