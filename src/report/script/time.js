// Minutes count from the start of the plan's grid. Zones come with the page: a browser's own tables may be older.
const D = JSON.parse(document.getElementById("data").textContent);
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = n => String(n).padStart(2, "0");
const esc = text => String(text).replace(/[&<>"']/g, c => "&#" + c.charCodeAt(0) + ";");

function offset(minute, zone) {
  const changes = D.zones[zone];
  let found = changes[0][1];
  for (const [from, minutes] of changes) if (minute >= from) found = minutes;
  return found;
}

// Local day (days since 1970) and minute of that day.
function local(minute, zone) {
  const wall = D.start + minute + offset(minute, zone);
  const day = Math.floor(wall / 1440);
  return { day, minute: wall - day * 1440 };
}

const hm = minute => two(Math.floor(minute / 60) % 24) + ":" + two(minute % 60);
const clock = (minute, zone) => hm(local(minute, zone).minute);
const weekday = day => new Date(day * 864e5).getUTCDay();
const isWeekend = day => weekday(day) % 6 === 0;

function dayName(day) {
  const date = new Date(day * 864e5);
  return DAYS[date.getUTCDay()] + " " + date.getUTCDate() + " " + MONTHS[date.getUTCMonth()];
}

function utcName(minute, zone) {
  const o = offset(minute, zone), a = Math.abs(o);
  return "UTC" + (o < 0 ? "−" : "+") + Math.floor(a / 60) + (a % 60 ? ":" + two(a % 60) : "");
}

// Where the clock is set back, an hour comes twice: 1 in its first pass, 2 in its second, 0 anywhere else.
function pass(minute, zone) {
  const now = offset(minute, zone), wall = minute + now;
  const before = offset(minute - 180, zone), after = offset(minute + 180, zone);
  if (before > now && offset(wall - before, zone) === before) return 2;
  return after < now && offset(wall - after, zone) === after ? 1 : 0;
}

// "Tue 20 Oct 08:00–16:30", with the offset where the start alone would be ambiguous.
function span(from, to, zone) {
  const a = local(from, zone), b = local(to, zone);
  return dayName(a.day) + " " + hm(a.minute) + (pass(from, zone) ? " (" + utcName(from, zone) + ")" : "") + "–" + hm(b.minute);
}

function hours(minutes) {
  const h = Math.floor(minutes / 60), m = minutes % 60;
  return m ? (h ? h + " h " : "") + m + " min" : h + " h";
}

function seconds(s) {
  if (s == null) return "–";
  if (s < 90) return (s < 10 ? s.toFixed(1) : s.toFixed(0)) + " s";
  return s < 5400 ? (s / 60).toFixed(1) + " min" : (s / 3600).toFixed(1) + " h";
}

const number = (v, places = 1) => v == null ? "–" : v.toLocaleString("en-GB", { maximumFractionDigits: places, minimumFractionDigits: places });
const share = (v, places = 0) => v == null ? "–" : (v / 10).toFixed(places) + " %";
