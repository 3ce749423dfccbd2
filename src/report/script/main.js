// Controls and start.
function chips(host, entries, chosen, choose) {
  host.innerHTML = entries.map(([value, text]) => `<button type="button" data-v="${esc(value)}" aria-pressed="${value === chosen}">${esc(text)}</button>`).join("");
  host.onclick = e => { const b = e.target.closest("button"); if (b) choose(b.dataset.v); };
}
const options = (entries, chosen) => entries.map(([value, text]) => `<option value="${esc(value)}"${value === chosen ? " selected" : ""}>${esc(text)}</option>`).join("");

function dayText(day, count) {
  return count <= 9 ? DAYS[weekday(day)] + " " + new Date(day * 864e5).getUTCDate() : dayName(day);
}

// Chips of a long plan begin with its weeks.
const weekChips = () => D.weeks > 1 ? Array.from({ length: D.weeks }, (_, w) => ["w" + w, "Week " + (w + 1)]) : [];

function queueControls() {
  const zone = zoneOfCharts(), days = daysIn(zone);
  $("queue").innerHTML = options(D.queues.map((q, i) => [String(i), q.id]), String(state.queue));
  $("clock").innerHTML = options([["planner", "planner: " + D.zone], ["customer", "customers: " + D.queues[state.queue].zone]], state.clock);
  chips($("days"), [["week", "All days"], ...weekChips(), ...days.map((d, i) => [String(i), dayText(d.day, days.length)])], state.day, v => { state.day = v; queueView(); });
}
function queueView() {
  if (!D.queues.length) return;
  if (state.day[0] !== "w" && !daysIn(zoneOfCharts())[+state.day]) state.day = "week";
  queueControls(); drawQueue(); writeHash();
}

function ganttControls() {
  const zones = [...new Set([D.zone, ...D.sites.map(s => s.zone)])];
  $("gzone").innerHTML = options([[D.zone, "planner: " + D.zone], ["own", "each person’s own clock"], ...zones.slice(1).map(z => [z, z])], state.gzone);
  $("site").innerHTML = options([["", "all sites"], ...D.sites.map(s => [s.id, s.id])], state.site);
  const languages = [...new Set(D.people.flatMap(p => p.langs))].sort();
  $("lang").innerHTML = options([["", "all languages"], ...languages.map(l => [l, l])], state.lang);
  $("find").value = state.find;
  const days = ganttDays();
  chips($("gdays"), [["week", "All days"], ...weekChips(), ...days.map(d => [String(d.day - D.first), dayText(d.day, days.length)])], state.gday, v => { state.gday = v; ganttView(); });
}
function ganttView() {
  if (state.gday[0] !== "w" && !ganttDays().some(d => String(d.day - D.first) === state.gday)) state.gday = "week";
  ganttControls(); drawGantt(); writeHash();
}

function theme() {
  const root = document.documentElement, kinds = ["auto", "light", "dark"], button = $("theme");
  let kind = "auto";
  try { kind = localStorage.getItem("followsun-theme") || "auto"; } catch { /* private window */ }
  const asked = new URLSearchParams(location.hash.slice(1)).get("theme");
  if (kinds.includes(asked)) kind = asked;
  const apply = () => {
    if (kind === "auto") root.removeAttribute("data-theme"); else root.dataset.theme = kind;
    button.textContent = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[kind];
    button.setAttribute("aria-label", "Colours: " + kind + ". Press to change.");
  };
  button.onclick = () => {
    kind = kinds[(kinds.indexOf(kind) + 1) % 3];
    try { localStorage.setItem("followsun-theme", kind); } catch { /* private window */ }
    apply();
  };
  apply();
}

// Pixels across a landscape A4 page within its margins.
const PAPER = 1035;

function start() {
  theme();
  if (innerWidth < 640) state.gday = initial.gday = "0";
  const given = readHash();
  document.querySelectorAll("[data-queue]").forEach(row => {
    row.addEventListener("click", e => {
      state.queue = +row.dataset.queue; queueView();
      if (!e.target.closest("a")) $("queues").scrollIntoView();
    });
  });
  $("queue").onchange = e => { state.queue = +e.target.value; queueView(); };
  $("clock").onchange = e => { state.clock = e.target.value; state.day = "week"; queueView(); };
  $("gzone").onchange = e => { state.gzone = e.target.value; ganttView(); };
  $("site").onchange = e => { state.site = e.target.value; ganttView(); };
  $("lang").onchange = e => { state.lang = e.target.value; ganttView(); };
  $("find").oninput = e => { state.find = e.target.value; drawGantt(); writeHash(); };
  $("heat").addEventListener("click", e => { const cell = e.target.closest("td[data-i]"); if (cell) showInterval(+cell.dataset.i); });
  $("heat").addEventListener("keydown", heatKeys);
  $("detail-close").onclick = hideDetail;
  document.addEventListener("keydown", e => { if (e.key === "Escape") { hideDetail(); hideTip(); } });
  ganttEvents();
  queueView(); ganttView();
  let width = innerWidth, waiting = 0;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth; clearTimeout(waiting); waiting = setTimeout(() => { drawQueue(); drawGantt(); }, 120);
  });
  addEventListener("beforeprint", () => drawGantt(PAPER));
  addEventListener("afterprint", () => drawGantt());
  if (given.has("interval")) showInterval(+given.get("interval"));
  if (given.has("shift")) {
    const [id, number] = given.get("shift").split("/"), person = D.people.find(p => p.id === id);
    if (person && person.shifts[number - 1]) showShift(person, number - 1);
  }
  if (given.has("at")) document.getElementById(given.get("at"))?.scrollIntoView();
}
start();
