// One queue: forecast, staff, service, heat map.
const zoneOfCharts = () => state.clock === "customer" ? D.queues[state.queue].zone : D.zone;

function queueRange(zone) {
  const days = daysIn(zone);
  if (state.day[0] === "w" && state.day !== "week") {
    const week = days.slice(7 * state.day.slice(1), 7 * state.day.slice(1) + 7);
    if (week.length) return { from: week[0].from, to: week[week.length - 1].to };
  }
  const day = state.day[0] === "w" ? null : days[+state.day];
  return day ? { from: day.from, to: day.to } : { from: 0, to: D.n };
}

function mapShare(values, kept) { return values.map((v, i) => kept(i) ? v : null); }

function drawQueue() {
  if (!D.queues.length) return;
  const q = D.queues[state.queue], zone = zoneOfCharts(), range = queueRange(zone);
  const common = { ...range, zone };
  const inRange = values => values.slice(range.from, range.to).reduce((a, b) => Math.max(a, b || 0), 0);
  $("queue-facts").textContent = `${q.lang} · ${q.ch} · target ${q.text} · customers on ${q.zone}`;
  $("chart-zone").textContent = zone;

  timeChart($("forecast"), {
    ...common, height: 230, label: `Forecast contacts of ${q.id} per interval with the 80 % band and last weeks`,
    max: niceMax(Math.max(inRange(q.p90), ...q.past.map(inRange))), tick: v => number(v, v < 10 && v % 1 ? 1 : 0),
    draw: c => path("band", stepArea(c, q.p10, q.p90))
      + q.past.map((week, age) => path("past past" + Math.min(age, 2), linePath(c, week))).reverse().join("")
      + path("main", stepPath(c, q.contacts)),
    tip: i => [["expected contacts", number(q.contacts[i])], ["8 times in 10 between", number(q.p10[i]) + " and " + number(q.p90[i])],
      ...q.past.map((week, age) => [age ? age + 1 + " weeks ago" : "last week", number(week[i], 0)]), ["handle time", seconds(q.aht[i])]],
  });

  timeChart($("staff"), {
    ...common, height: 230, label: `Agents needed and rostered on ${q.id} per interval`,
    max: niceMax(Math.max(inRange(q.need), inRange(q.rostered))), tick: v => number(v, v < 10 && v % 1 ? 1 : 0),
    draw: c => {
      const low = mapShare(q.rostered, i => q.rostered[i] < q.need[i]), high = mapShare(q.need, i => q.rostered[i] < q.need[i]);
      return path("fill", stepArea(c, q.rostered.map(() => 0), q.rostered)) + path("lack", stepArea(c, low, high))
        + path("rostered", stepPath(c, q.rostered)) + path("needed", stepPath(c, q.need));
    },
    tip: i => {
      const over = q.rostered[i] - q.need[i];
      return [["needed if nobody helped", number(q.need[i])], ["rostered", number(q.rostered[i])], [over < 0 ? "fewer by" : "spare", number(Math.abs(over))], ["load", number(q.load[i], 2) + " Erlang"]];
    },
  });

  timeChart($("service"), {
    ...common, height: 230, label: `Simulated service level of ${q.id} per interval against its target`,
    max: 1000, tick: v => (v / 10) + " %",
    draw: c => {
      const target = c.y(q.target), labels = [];
      let marks = "";
      for (let i = c.from; i < c.to; i++) if (q.hi[i] != null && q.hi[i] < q.target) marks += `M${c.x(i + 0.5) - 3} ${c.bottom - 9}h6l-3 6z`;
      labels.push(`<line class="target" x1="${c.left}" x2="${c.right}" y1="${target}" y2="${target}"/>`);
      labels.push(`<text class="target-label" text-anchor="end" x="${c.right - 4}" y="${target + 14}">target ${q.target / 10} %</text>`);
      return path("band", stepArea(c, q.lo, q.hi)) + path("main", stepPath(c, q.sl)) + path("marks", marks) + labels.join("");
    },
    tip: i => [["answered in time", share(q.sl[i], 1)], ["95 % interval", share(q.lo[i], 1) + " – " + share(q.hi[i], 1)], ["target", share(q.target)],
      ["mean wait", seconds(q.asa[i])], ["hung up", number(q.left[i]) + " of " + number(q.offered[i])], ["busy", share(q.busy[i])]],
  });
  drawHeat(q, zone);
}

function showInterval(i) {
  const q = D.queues[state.queue], t = i * D.step;
  hideTip();
  const both = q.zone === D.zone ? [] : [["customers’ clock", span(t, t + D.step, q.zone) + " " + q.zone]];
  showDetail(q.id, facts([
    ["time", span(t, t + D.step, D.zone) + " " + D.zone + " (" + utcName(t, D.zone) + ")"], ...both,
    ["expected contacts", `${number(q.contacts[i])} (${number(q.p10[i])} to ${number(q.p90[i])})`],
    q.past.length && ["same time in past weeks", q.past.map(week => number(week[i], 0)).join(", ")],
    ["handle time", seconds(q.aht[i])],
    ["needed / rostered", `${number(q.need[i])} / ${number(q.rostered[i])} agents`],
    ["at work on it", `${number(q.agents[i])} agents for ${number(q.load[i], 2)} Erlang`],
    ["answered in time", `${share(q.sl[i], 1)} (${share(q.lo[i], 1)} to ${share(q.hi[i], 1)}), target ${share(q.target)}`],
    ["mean wait", seconds(q.asa[i])], ["hung up", `${number(q.left[i], 2)} of ${number(q.offered[i], 1)}`], ["busy", share(q.busy[i])],
  ]) + why(q.why[i] == null ? q.rostered[i] < q.need[i] && q.sl[i] >= q.target ? "Fewer than the formula asks for, but the simulation says that it is enough." : null : D.texts[q.why[i]]));
}
