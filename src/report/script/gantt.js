// Everybody's shifts. Only the rows in sight are drawn, so that a thousand people scroll as smoothly as ten.
const ROW = 28, AXIS = 40;
let rows = [], picked = null;

const own = () => state.gzone === "own";
const zoneOf = person => own() ? person.zone : state.gzone;
const label = piece => D.activities[piece][0];

// Where a minute lies on the axis: minutes of the grid or, on everybody's own clock, wall-clock minutes of the plan's first day on.
const place = (minute, person) => own() ? D.start + minute + offset(minute, person.zone) - D.first * 1440 : minute;

function chooseRows() {
  const words = state.find.trim().toLowerCase();
  const fits = p => (!state.site || p.site === state.site) && (!state.lang || p.langs.includes(state.lang))
    && (!words || (p.name + " " + p.id + " " + p.role).toLowerCase().includes(words));
  rows = [];
  let shown = 0;
  for (const site of D.sites) {
    const here = D.people.filter(p => p.site === site.id && fits(p));
    if (!here.length) continue;
    if (shownDay) here.sort((a, b) => firstStart(a) - firstStart(b));
    rows.push({ site, count: here.length });
    for (const person of here) rows.push({ person });
    shown += here.length;
  }
  $("gantt-count").textContent = shown === D.people.length ? `${shown} people` : `${shown} of ${D.people.length} people`;
}

// The axis shows one day: whoever works then comes first, by start.
let shownDay = null;
function firstStart(p) {
  for (const s of p.shifts) {
    const start = place(s.start, p);
    if (shownDay && start < shownDay.to && start + s.end - s.start > shownDay.from) return start;
  }
  return p.absences.some(a => shownDay && place(a.start, p) < shownDay.to && place(a.end, p) > shownDay.from) ? 1e8 : 1e9;
}

// Days of the axis: { day, from, to } in its own minutes.
function ganttDays() {
  let low = Infinity, high = -Infinity;
  for (const p of D.people) for (const s of p.shifts) {
    low = Math.min(low, place(s.start, p)); high = Math.max(high, place(s.end, p));
  }
  if (!(low < high)) { low = 0; high = D.n * D.step; }
  const dayOf = t => own() ? D.first + Math.floor(t / 1440) : local(t, state.gzone).day;
  const days = [];
  for (let t = Math.floor(low / 60) * 60; t < high; t += 15) {
    const day = dayOf(t);
    if (!days.length || days[days.length - 1].day !== day) days.push({ day, from: t, to: t });
    days[days.length - 1].to = t + 15;
  }
  return days;
}

function drawGantt(printWidth) {
  const all = ganttDays(), day = all.find(d => String(d.day - D.first) === state.gday);
  const week = state.gday[0] === "w" && state.gday !== "week" ? +state.gday.slice(1) : null;
  const chosen = all.filter(d => week == null || Math.floor((d.day - D.first) / 7) === week);
  const days = day ? [day] : chosen.length ? chosen : all;
  shownDay = day || null;
  chooseRows();
  const from = days[0].from, to = days[days.length - 1].to;
  const names = innerWidth < 640 ? 118 : 210, box = $("gantt");
  const width = printWidth ? printWidth - names : Math.max(box.clientWidth - names - 2, day ? 620 : 90 * days.length);
  const x = t => +((t - from) / (to - from) * width).toFixed(1);
  box.querySelector(".inner").style.cssText = `height:${rows.length * ROW + AXIS}px;width:${width + names}px`;
  box.style.setProperty("--names", names + "px");

  const axis = [], back = [];
  const perHour = width / ((to - from) / 60), every = [1, 2, 3, 6, 12].find(n => n * perHour > 44);
  for (const d of days) {
    if (d.to <= from || d.from >= to) continue;
    if (isWeekend(d.day)) back.push(`<rect class="weekend" x="${x(d.from)}" y="0" width="${x(d.to) - x(d.from)}" height="100%"/>`);
    const wide = x(d.to) - x(d.from);
    if (wide > 30) axis.push(`<text class="day" x="${x(d.from) + 6}" y="16">${shortDay(d.day, wide - 14, days.length > 9)}</text>`);
    back.push(`<line class="midnight" x1="${x(d.from)}" x2="${x(d.from)}" y1="0" y2="100%"/>`);
  }
  for (let t = Math.ceil(from / 30) * 30; t < to; t += 30) {
    const m = own() ? ((t % 1440) + 1440) % 1440 : local(t, state.gzone).minute;
    if (every && m % (every * 60) === 0) {
      axis.push(`<text class="hour" text-anchor="${t === from ? "start" : "middle"}" x="${x(t) + (t === from ? 6 : 0)}" y="33">${!own() && pass(t, state.gzone) === 2 ? "again" : every < 6 ? hm(m) : two(m / 60)}</text>`);
      if (m) back.push(`<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="0" y2="100%"/>`);
    }
  }
  box.querySelector(".g-axis").innerHTML = `<div class="corner">${own() ? "own clocks" : esc(state.gzone)}</div><svg width="${width}" height="${AXIS}">${axis.join("")}</svg>`;
  box.view = { x, from, to, width, names, back: back.join("") };
  drawRows(true, printWidth > 0);
  $("gantt-note").textContent = own()
    ? "Each row is on that person’s own clock: a shift begins at the time shown on their wall and is as wide as it is long."
    : `All rows are on the clock of ${state.gzone}.`;
}

let drawn = "";
function drawRows(force, all) {
  const box = $("gantt"), v = box.view;
  if (!v) return;
  const first = all ? 0 : Math.max(0, Math.floor(box.scrollTop / ROW) - 6);
  const last = all ? rows.length : Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + 6);
  if (!force && drawn === first + "-" + last) return;
  drawn = first + "-" + last;
  const layer = box.querySelector(".rows"), blocks = [];
  // On paper a block of rows stays together; on the screen there is one block.
  const size = all ? 20 : last - first;
  for (let r = first; r < last; r += size) blocks.push(rowBlock(r, Math.min(last, r + size), v));
  layer.style.top = first * ROW + AXIS + "px";
  layer.innerHTML = blocks.join("");
}

function rowBlock(first, last, v) {
  const bars = [], names = [];
  for (let r = first; r < last; r++) {
    const row = rows[r], top = (r - first) * ROW;
    if (row.site) {
      names.push(`<div class="g-site">${esc(row.site.id)} <small>${row.count} · ${esc(row.site.zone)}</small></div>`);
      bars.push(`<rect class="site-row" x="0" y="${top}" width="${v.width}" height="${ROW}"/>`);
      continue;
    }
    const p = row.person;
    names.push(`<div class="g-name" title="${esc(p.name)}, ${esc(p.role)}, ${esc(p.langs.join(" "))}"><span>${esc(p.name)}</span><small>${p.role === "agent" ? "" : "★ "}${esc(p.langs.join(" "))}</small></div>`);
    bars.push(`<line class="row-line" x1="0" x2="${v.width}" y1="${top + ROW}" y2="${top + ROW}"/>`);
    for (const a of p.absences) {
      const x0 = Math.max(-2, v.x(place(a.start, p))), x1 = Math.min(v.width + 2, v.x(place(a.end, p)));
      if (x1 <= x0) continue;
      bars.push(`<g><title>${esc(a.reason)}</title><rect class="absent" x="${x0}" y="${top + 5}" width="${x1 - x0}" height="${ROW - 10}" rx="3"/>${x1 - x0 > 60 ? `<text class="absent-text" x="${x0 + 8}" y="${top + 18}">${esc(a.reason.replace(/[-_]/g, " "))}</text>` : ""}</g>`);
    }
    p.shifts.forEach((s, k) => { bars.push(shiftBar(p, s, k, r, top, v)); });
  }
  return `<div class="block"><div class="g-names">${names.join("")}</div><svg width="${v.width}" height="${(last - first) * ROW}">${v.back}${bars.join("")}</svg></div>`;
}

function shiftBar(p, s, k, r, top, v) {
  const start = place(s.start, p), x0 = v.x(start), x1 = v.x(start + s.end - s.start);
  if (x1 < 0 || x0 > v.width) return "";
  const y = top + 4, height = ROW - 8, strip = 5;
  let at = start, parts = "";
  for (const [kind, length] of s.pieces) {
    const name = label(kind), a = v.x(at), b = v.x(at + length);
    at += length;
    if (name === "work") continue;
    const look = name === "rest" ? "rest" : name === "meal" ? "meal" : "activity";
    parts += `<rect class="${look}" x="${a}" y="${y + height - strip}" width="${Math.max(1, b - a).toFixed(1)}" height="${strip}"/>`;
  }
  const zone = zoneOf(p), wide = Math.min(v.width, x1) - Math.max(0, x0);
  const text = wide > 74 ? clock(s.start, zone) + "–" + clock(s.end, zone) : wide > 33 ? clock(s.start, zone).slice(0, 2) + "–" + clock(s.end, zone).slice(0, 2) : "";
  const here = picked && picked.person === p && picked.shift === k ? " picked" : "";
  return `<g class="shift${s.night ? " night" : ""}${here}" data-r="${r}" data-k="${k}"><rect class="bar" x="${x0}" y="${y}" width="${(x1 - x0).toFixed(1)}" height="${height}" rx="3"/>${parts}${text ? `<text x="${((Math.max(0, x0) + Math.min(v.width, x1)) / 2).toFixed(1)}" y="${y + 11.5}">${text}</text>` : ""}</g>`;
}

function shiftRows(p, s) {
  const zone = zoneOf(p);
  return [["on " + zone, span(s.start, s.end, zone)], ...(zone === p.zone ? [] : [["own clock, " + p.zone, span(s.start, s.end, p.zone)]]),
    ["length, paid", hours(s.end - s.start) + ", " + hours(s.paid)]];
}

function showShift(p, k) {
  const s = p.shifts[k];
  picked = { person: p, shift: k };
  hideTip();
  let at = s.start;
  const pieces = s.pieces.map(([kind, length]) => {
    const row = `<tr><td>${clock(at, p.zone)}–${clock(at + length, p.zone)}</td><td>${esc(label(kind))}${D.activities[kind][1] ? "" : " <small>unpaid</small>"}</td><td>${hours(length)}</td></tr>`;
    at += length;
    return row;
  }).join("");
  const wishes = p.wishes.map(w => `<li>${esc(w.date)}: ${esc(w.wants)} – ${w.granted ? "granted" : "not granted" + (w.why ? ": " + esc(w.why) : "")}</li>`).join("");
  showDetail(p.name, facts([...shiftRows(p, s), ["role, site", p.role + ", " + p.site], ["languages", p.langs.join(", ")], ["channels", p.chans.join(", ")], ["contract", p.contract], ["id, shift", p.id + ", " + s.number]])
    + `<table class="pieces"><caption>On ${esc(p.zone)}</caption>${pieces}</table>` + why(s.why == null ? null : D.texts[s.why])
    + (wishes ? `<div class="why"><b>Wishes</b><ul>${wishes}</ul></div>` : ""));
  drawRows(true);
}

function nearestShift(p, at) {
  const away = k => Math.abs(place(p.shifts[k].start, p) - at);
  return p.shifts.reduce((best, _, k) => away(k) < away(best) ? k : best, 0);
}

function ganttEvents() {
  const box = $("gantt");
  const hit = e => {
    const g = e.target.closest && e.target.closest("g.shift");
    return g ? { person: rows[+g.dataset.r].person, k: +g.dataset.k } : null;
  };
  box.addEventListener("scroll", () => { hideTip(); requestAnimationFrame(() => drawRows(false)); }, { passive: true });
  box.addEventListener("pointermove", e => {
    const found = hit(e);
    if (!found) return hideTip();
    const p = found.person, s = p.shifts[found.k];
    showTip(e.clientX, e.clientY, p.name, shiftRows(p, s));
  });
  box.addEventListener("pointerleave", hideTip);
  box.addEventListener("click", e => { const found = hit(e); if (found) showShift(found.person, found.k); });
  box.addEventListener("keydown", e => {
    const people = rows.filter(r => r.person && r.person.shifts.length).map(r => r.person);
    if (!people.length || !["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"].includes(e.key)) return;
    e.preventDefault();
    const wanted = picked ? place(picked.person.shifts[picked.shift].start, picked.person) : box.view.from;
    if (!picked || !people.includes(picked.person)) picked = { person: people[0], shift: nearestShift(people[0], wanted) };
    else if (e.key === "Enter") return showShift(picked.person, picked.shift);
    else if (e.key === "ArrowLeft") picked.shift = Math.max(0, picked.shift - 1);
    else if (e.key === "ArrowRight") picked.shift = Math.min(picked.person.shifts.length - 1, picked.shift + 1);
    else {
      const to = people[people.indexOf(picked.person) + (e.key === "ArrowUp" ? -1 : 1)];
      if (to) picked = { person: to, shift: nearestShift(to, wanted) };
    }
    const r = rows.findIndex(row => row.person === picked.person), y = r * ROW, p = picked.person, s = p.shifts[picked.shift];
    if (y < box.scrollTop + ROW) box.scrollTop = y - ROW;
    if (y > box.scrollTop + box.clientHeight - AXIS - 2 * ROW) box.scrollTop = y - box.clientHeight + AXIS + 2 * ROW;
    drawRows(true);
    $("live").textContent = p.name + ", " + shiftRows(p, s).map(f => f.join(" ")).join(", ");
  });
}
