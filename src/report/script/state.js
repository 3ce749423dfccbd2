// What the reader has chosen; kept in the address after '#', so that a view can be bookmarked.
const state = { queue: 0, day: "week", clock: "planner", gday: D.weeks > 1 ? "w0" : "week", gzone: D.zone, site: "", lang: "", find: "" };
const $ = id => document.getElementById(id);

function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (given.has("queue")) state.queue = Math.max(0, D.queues.findIndex(q => q.id === given.get("queue")));
  for (const key of ["day", "gday", "clock", "gzone", "site", "lang", "find"]) if (given.has(key)) state[key] = given.get(key);
  if (state.gzone !== "own" && !D.zones[state.gzone]) state.gzone = D.zone;
  return given;
}

function writeHash() {
  const kept = new URLSearchParams();
  if (D.queues.length) kept.set("queue", D.queues[state.queue].id);
  for (const key of ["day", "clock", "gday", "gzone", "site", "lang", "find"]) if (state[key] !== initial[key]) kept.set(key, state[key]);
  try { history.replaceState(null, "", "#" + kept); } catch { /* some viewers forbid it; nothing is lost */ }
}
const initial = { ...state };

// Tooltip.
function showTip(x, y, head, rows) {
  const tip = $("tip");
  tip.innerHTML = "<b>" + esc(head) + "</b><table>" + rows.map(([k, v]) => "<tr><td>" + esc(k) + "</td><td>" + esc(v) + "</td></tr>").join("") + "</table>";
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = x + 16 + box.width > innerWidth ? x - box.width - 16 : x + 16;
  tip.style.left = Math.max(4, left) + "px";
  tip.style.top = Math.max(4, Math.min(innerHeight - box.height - 4, y + 12)) + "px";
}
const hideTip = () => { $("tip").hidden = true; };

// Details of what was clicked.
let returnFocus = null;
function showDetail(title, body) {
  const panel = $("detail");
  if (panel.hidden) returnFocus = document.activeElement;
  $("detail-title").textContent = title;
  $("detail-body").innerHTML = body;
  panel.hidden = false;
  panel.focus({ preventScroll: true });
}
function hideDetail() {
  if ($("detail").hidden) return;
  $("detail").hidden = true;
  if (returnFocus) returnFocus.focus({ preventScroll: true });
}
const facts = rows => "<dl>" + rows.filter(r => r).map(([k, v]) => "<dt>" + esc(k) + "</dt><dd>" + esc(v) + "</dd>").join("") + "</dl>";
const why = text => text == null ? "" : '<div class="why"><b>Why</b><p>' + esc(text) + "</p></div>";
