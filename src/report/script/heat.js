// Heat map: service by day and hour on the chosen clock.
function drawHeat(q, zone) {
  const days = new Map();
  for (let i = 0; i < D.n; i++) {
    const at = local(i * D.step, zone), hour = Math.floor(at.minute / 60);
    if (!days.has(at.day)) days.set(at.day, Array.from({ length: 24 }, () => ({ offered: 0, met: 0, at: [] })));
    const cell = days.get(at.day)[hour];
    cell.at.push(i);
    if (q.sl[i] != null) { cell.offered += q.offered[i]; cell.met += q.met[i]; }
  }
  const head = Array.from({ length: 24 }, (_, h) => `<th scope="col">${two(h)}</th>`).join("");
  const body = [...days].map(([day, cells]) => {
    const row = cells.map((cell, h) => {
      if (!cell.at.length) return '<td class="none" title="not in the plan, or skipped by the clock"></td>';
      if (cell.offered < 0.05) return `<td class="none" data-i="${cell.at[0]}" title="hardly any contacts">·</td>`;
      const level = 1000 * cell.met / cell.offered, gap = level - q.target;
      const step = gap >= 0 ? Math.min(3, 1 + Math.floor(gap / (1001 - q.target) * 3)) : -Math.min(4, 1 + Math.floor(-gap / 80));
      const text = Math.min(99, Math.round(level / 10));
      const twice = cell.at.length > 60 / D.step ? ", an hour that the clock repeats" : "";
      return `<td tabindex="-1" class="h${step < 0 ? "m" + -step : step}" data-i="${cell.at[0]}" aria-label="${dayName(day)} ${two(h)}:00, ${text} %${twice}" title="${dayName(day)} ${two(h)}:00${twice}: ${(level / 10).toFixed(1)} % of ${number(cell.offered)} contacts">${text}</td>`;
    }).join("");
    return `<tr><th scope="row">${dayName(day)}</th>${row}</tr>`;
  }).join("");
  $("heat").innerHTML = `<table class="heat" aria-label="Share answered in time by day and hour, percent"><thead><tr><th></th>${head}</tr></thead><tbody>${body}</tbody></table>`;
  const first = $("heat").querySelector("td[data-i]");
  if (first) first.tabIndex = 0;
}

function heatKeys(event) {
  const cell = event.target.closest("td");
  if (!cell) return;
  const row = cell.parentNode, column = [...row.children].indexOf(cell);
  const next = { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling,
    ArrowUp: row.previousElementSibling?.children[column], ArrowDown: row.nextElementSibling?.children[column] }[event.key];
  if (next && next.dataset.i) {
    cell.tabIndex = -1; next.tabIndex = 0; next.focus(); event.preventDefault();
  } else if (event.key === "Enter" && cell.dataset.i) showInterval(+cell.dataset.i);
}
