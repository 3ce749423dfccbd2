// A chart over time: SVG text from a few layers, with a cursor for pointer and keyboard.
const MARGIN = { left: 44, right: 12, top: 10, bottom: 34 };

// The local days that intervals 0..n touch, each with its first and last interval.
function daysIn(zone) {
  const days = [];
  for (let i = 0; i < D.n; i++) {
    const day = local(i * D.step, zone).day;
    if (!days.length || days[days.length - 1].day !== day) days.push({ day, from: i, to: i });
    days[days.length - 1].to = i + 1;
  }
  return days;
}

function niceMax(value) {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(f => f * unit).find(top => top >= value * 0.999);
}

// A day's name as long as there is room for it; over many days the date says more than the weekday.
function shortDay(day, room, many) {
  if (room > 70) return dayName(day);
  const date = new Date(day * 864e5).getUTCDate();
  if (!many) return room > 30 ? DAYS[weekday(day)] : "";
  return weekday(day) === 1 ? (room > 42 ? "Mon " : "") + date : room > 20 ? String(date) : "";
}

// Into how many round steps an axis up to a nice maximum falls.
function ticks(max) {
  const round = k => [1, 2, 2.5, 5, 10].some(f => Math.abs(Math.log10(max / k / f) % 1) < 1e-9);
  return [4, 5, 3, 2].find(round) || 4;
}

function timeChart(host, spec) {
  const width = Math.max(280, host.clientWidth), height = spec.height;
  const w = width - MARGIN.left - MARGIN.right, h = height - MARGIN.top - MARGIN.bottom;
  const { from, to, zone } = spec;
  const x = i => +(MARGIN.left + (i - from) / (to - from) * w).toFixed(1);
  const y = v => +(MARGIN.top + h - Math.min(1, v / spec.max) * h).toFixed(1);
  const out = [];

  for (const d of daysIn(zone)) {
    const a = Math.max(d.from, from), b = Math.min(d.to, to);
    if (a >= b) continue;
    if (isWeekend(d.day)) out.push(`<rect class="weekend" x="${x(a)}" y="${MARGIN.top}" width="${x(b) - x(a)}" height="${h}"/>`);
    if (a > from) out.push(`<line class="midnight" x1="${x(a)}" x2="${x(a)}" y1="${MARGIN.top}" y2="${MARGIN.top + h + 5}"/>`);
    const name = shortDay(d.day, x(b) - x(a), (to - from) * D.step > 12960);
    out.push(`<text class="axis" text-anchor="middle" x="${(x(a) + x(b)) / 2}" y="${height - 4}">${name}</text>`);
  }
  const perHour = w / ((to - from) * D.step / 60);
  const every = [1, 2, 3, 6, 12].find(n => n * perHour > 38) || 24;
  if (every < 24) for (let i = from; i < to; i++) {
    const m = local(i * D.step, zone).minute;
    if (m % (every * 60) === 0 && (every < 12 || m)) out.push(`<text class="axis faint" text-anchor="middle" x="${x(i)}" y="${height - 19}">${pass(i * D.step, zone) === 2 ? "again" : every < 6 ? hm(m) : two(m / 60)}</text>`);
  }
  const steps = ticks(spec.max);
  for (let k = 0; k <= steps; k++) {
    const v = spec.max * k / steps;
    out.push(`<line class="${k ? "grid" : "base"}" x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${y(v)}" y2="${y(v)}"/>`);
    out.push(`<text class="axis" text-anchor="end" x="${MARGIN.left - 7}" y="${y(v) + 4}">${spec.tick(v)}</text>`);
  }
  out.push(spec.draw({ x, y, from, to, left: MARGIN.left, right: width - MARGIN.right, bottom: MARGIN.top + h, width: w }));
  out.push(`<line class="cursor" y1="${MARGIN.top}" y2="${MARGIN.top + h}" visibility="hidden"/>`);
  host.innerHTML = `<svg class="chart" tabindex="0" role="img" aria-label="${esc(spec.label)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${out.join("")}</svg>`;

  const svg = host.firstChild;
  const cursors = () => document.querySelectorAll(".chart .cursor");
  let at = null;
  const move = (i, px, py) => {
    at = Math.max(from, Math.min(to - 1, i));
    for (const line of cursors()) {
      line.setAttribute("x1", x(at + 0.5)); line.setAttribute("x2", x(at + 0.5)); line.setAttribute("visibility", "visible");
    }
    const box = svg.getBoundingClientRect();
    const t = at * D.step;
    showTip(px ?? box.left + x(at), py ?? box.top + 20, span(t, t + D.step, zone), spec.tip(at));
    $("live").textContent = px == null ? span(t, t + D.step, zone) + ": " + spec.tip(at).map(r => r.join(" ")).join(", ") : "";
  };
  const leave = () => { at = null; hideTip(); for (const line of cursors()) line.setAttribute("visibility", "hidden"); };
  svg.addEventListener("pointermove", e => {
    const px = e.clientX - svg.getBoundingClientRect().left - MARGIN.left;
    if (px < 0 || px > w) leave(); else move(from + Math.floor(px / w * (to - from)), e.clientX, e.clientY);
  });
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("blur", leave);
  svg.addEventListener("click", () => { if (at != null) showInterval(at); });
  svg.addEventListener("keydown", e => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -Math.round(1440 / D.step), PageDown: Math.round(1440 / D.step) };
    if (e.key in steps) { move(at == null ? from : at + steps[e.key]); e.preventDefault(); }
    if (e.key === "Enter" && at != null) showInterval(at);
  });
}

// Layers: each returns SVG text.
function stepPath(c, values) {
  let d = "", open = false;
  for (let i = c.from; i < c.to; i++) {
    if (values[i] == null) { open = false; continue; }
    d += (open ? "V" : `M${c.x(i)} `) + c.y(values[i]) + "H" + c.x(i + 1);
    open = true;
  }
  return d;
}
function linePath(c, values) {
  let d = "", open = false;
  for (let i = c.from; i < c.to; i++) {
    if (values[i] == null) { open = false; continue; }
    d += (open ? "L" : "M") + c.x(i + 0.5) + " " + c.y(values[i]);
    open = true;
  }
  return d;
}
function stepArea(c, low, high) {
  let d = "";
  for (let i = c.from; i < c.to; i++) {
    if (high[i] == null) continue;
    let j = i, top = `M${c.x(i)} ${c.y(high[i])}`, back = "";
    for (; j < c.to && high[j] != null; j++) {
      top += `V${c.y(high[j])}H${c.x(j + 1)}`;
      back = `V${c.y(low[j])}H${c.x(j)}` + back;
    }
    d += top + back + "Z";
    i = j;
  }
  return d;
}
const path = (kind, d) => d ? `<path class="${kind}" d="${d}"/>` : "";
