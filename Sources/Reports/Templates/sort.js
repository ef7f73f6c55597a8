"use strict";
/* Sorts the table of students by a click on a heading. Written without less-than and ampersand, so that the page
   stays well-formed XML. */
document.querySelectorAll("table.heat").forEach(function (table) {
  var body = table.tBodies[0];
  var original = Array.from(body.rows);
  var label = table.dataset.sort;
  function key(row, column) {
    var cell = row.cells[column];
    var text = (cell.querySelector("strong, [aria-hidden], a") || cell).textContent.trim();
    var number = parseFloat(text.replace(",", "."));
    return column === 0 ? text : isNaN(number) ? -1 : number;
  }
  function sort(column, direction) {
    var rows = original.slice();
    if (direction !== 0) {
      rows.sort(function (a, b) {
        var x = key(a, column), y = key(b, column);
        var order = column === 0 ? x.localeCompare(y, document.documentElement.lang) : x - y;
        return direction * order;
      });
    }
    rows.forEach(function (row) { body.appendChild(row); });
  }
  Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    while (head.firstChild) { button.appendChild(head.firstChild); }
    button.title = label + " " + button.textContent.trim();
    head.appendChild(button);
    button.addEventListener("click", function () {
      var was = head.getAttribute("aria-sort");
      var direction = was === "descending" ? (column === 0 ? 0 : 1) : was === "ascending" ? (column === 0 ? -1 : 0)
        : column === 0 ? 1 : -1;
      Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
      if (direction !== 0) { head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending"); }
      sort(column, direction);
    });
  });
});
