//! Generate a small scenario, plan it, check it, and recount everything that was published by other means.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{NaiveDate, TimeDelta, Timelike};
use common::{History, instant, number};
use followsun::calendar::{Instant, Zone};
use followsun::export::{forecast_csv, payroll_csv, roster_csv, service_csv};
use followsun::history::{HistoryReader, KnownQueues};
use followsun::planning::{
    PlanError, PlanOptions, PlayOptions, RunFacts, Watcher, foresee, plan, publish,
};
use followsun::results::PlanResults;
use followsun::roster::{Progress, check};
use followsun::scenario::{Memory, Scenario, load_with};
use proptest::prelude::*;

/// A team to be made up.
#[derive(Debug, Clone)]
struct Case {
    zone: &'static str,
    start: &'static str,
    weeks: u32,
    /// Per agent: languages and channels, and whether part-time.
    people: Vec<(bool, bool, bool, bool)>,
    contacts: f64,
    open: (u32, u32),
    rest_hours: u32,
    paid_break: bool,
    absences: Vec<(usize, i64, bool)>,
    wishes: Vec<(usize, i64, usize)>,
    /// Which of the rarer rules hold.
    more: usize,
    seed: u64,
}

/// Lines of a contract, of a site, and tables: rules that not every scenario has.
const MORE_RULES: [(&str, &str, &str); 6] = [
    ("", "", ""),
    ("weekly_rest = \"40h\"\nmax_paid_hours_per_day = 8", "", ""),
    (
        "rest_after_nights = { rest = \"36h\" }\nforward_rotation = true",
        "law = \"EU\"",
        "",
    ),
    (
        "limits = [{ count = \"late\", at_most = 2, per = \"week\" }, { count = \"hours\", at_most = 34, per = \"week\" }, { count = \"sundays\", at_most = 0, per = \"plan\", weight = 40 }]",
        "",
        "\n[objective]\nfairness = 3\n",
    ),
    (
        "average_hours = { at_most = 36, over = \"4w\" }",
        "",
        "\n[[pair]]\nagents = [\"p0\", \"p1\"]\napart = true\nweight = 60\n",
    ),
    (
        "night_work = false\nforward_rotation = 12",
        "law = \"DE\"",
        "\n[[cover]]\nlanguage = \"pl\"\nmax = 2\n\n[[pair]]\nagents = \"p2\"\nwith = [\"p0\", \"p1\"]\nweight = 20\n",
    ),
];

fn case() -> impl Strategy<Value = Case> {
    let zones = prop::sample::select(vec![
        ("Europe/Vilnius", "2026-10-19"),
        ("America/New_York", "2026-10-26"),
        ("Australia/Lord_Howe", "2026-09-28"),
        ("Asia/Kathmandu", "2026-11-23"),
    ]);
    let person = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let absence = (0usize..8, 0i64..7, any::<bool>());
    let wish = (0usize..8, 0i64..7, 0usize..4);
    let shape = (
        1u32..=2,
        prop::collection::vec(person, 2..6),
        1.0f64..6.0,
        (6u32..9, 17u32..21),
    );
    let rules = (
        10u32..12,
        any::<bool>(),
        prop::collection::vec(absence, 0..3),
        prop::collection::vec(wish, 0..4),
        0..MORE_RULES.len(),
        0u64..1000,
    );
    (zones, shape, rules).prop_map(
        |(
            (zone, start),
            (weeks, people, contacts, open),
            (rest_hours, paid_break, absences, wishes, more, seed),
        )| Case {
            zone,
            start,
            weeks,
            people,
            contacts,
            open,
            rest_hours,
            paid_break,
            absences,
            wishes,
            more,
            seed,
        },
    )
}

impl Case {
    fn start(&self) -> NaiveDate {
        self.start.parse().unwrap()
    }

    fn agents(&self) -> String {
        let mut text = "id,name,site,contract,role,languages,channels,window\n".to_owned();
        // The first two make sure that every queue is served.
        let first = [(true, true, true, false), (true, true, true, false)];
        for (index, &(english, both, email, part)) in first.iter().chain(&self.people).enumerate() {
            let languages = if both {
                "en;pl:0.8"
            } else if english {
                "en"
            } else {
                "pl"
            };
            // There is e-mail in English alone.
            let channels = if email && (both || english) {
                "phone;email"
            } else {
                "phone"
            };
            let window = if index % 3 == 2 { "06:00-20:00" } else { "" };
            text += &format!(
                "p{index},Person {index},one,{},agent,{languages},{channels},{window}\n",
                if part { "part" } else { "full" }
            );
        }
        text
    }

    fn rows(&self, header: &str, rows: impl Iterator<Item = String>) -> String {
        let rows: BTreeSet<String> = rows.collect();
        rows.into_iter()
            .fold(format!("{header}\n"), |text, row| text + &row + "\n")
    }

    fn scenario(&self) -> Memory {
        let people = self.people.len() + 2;
        let day = |offset: i64| self.start() + TimeDelta::days(offset);
        let mut seen = BTreeSet::new();
        let absences: Vec<String> = self
            .absences
            .iter()
            .filter(|(agent, offset, _)| seen.insert((agent % people, *offset)))
            .map(|(agent, offset, paid)| {
                format!(
                    "p{},{}T00:00,{}T00:00,leave,{paid}",
                    agent % people,
                    day(*offset),
                    day(offset + 1)
                )
            })
            .collect();
        let mut wished = BTreeSet::new();
        let wishes: Vec<String> = self
            .wishes
            .iter()
            .filter(|(agent, offset, _)| wished.insert((agent % people, *offset)))
            .map(|(agent, offset, wish)| {
                format!(
                    "p{},{},{},1",
                    agent % people,
                    day(*offset),
                    ["off", "early", "late", "on"][*wish]
                )
            })
            .collect();
        let text = format!(
            r#"name = "Made up"
start = {start}
weeks = {weeks}
interval = "30m"
time_zone = "{zone}"
currency = "EUR"
history = {{ files = ["history.csv"], format = "intervals" }}
staff = {{ agents = "agents.csv", absences = "absences.csv", requests = "requests.csv" }}
shrinkage = {{ default = 0.1 }}

[[queue]]
id = "en-phone"
language = "en"
channel = "phone"
time_zone = "{zone}"
hours = "Mon-Sun {open:02}:00-{close:02}:00"
target = {{ answered = 0.80, within = "20s" }}
patience = "2m"

[[queue]]
id = "pl-phone"
language = "pl"
channel = "phone"
time_zone = "{zone}"
hours = "Mon-Sun {open:02}:00-{close:02}:00"
target = {{ answered = 0.70, within = "30s" }}

[[queue]]
id = "en-email"
language = "en"
channel = "email"
time_zone = "{zone}"
hours = "24/7"
target = {{ answered = 0.90, within = "12h" }}

[[site]]
id = "one"
time_zone = "{zone}"
{site_rules}

[[contract]]
id = "full"
paid_hours_per_week = {{ min = 24, max = 40 }}
days_per_week = {{ min = 3, max = 5 }}
shift_lengths = ["8h", "8h30m"]
shift_starts = {{ every = "30m" }}
rest_between_shifts = "{rest}h"
max_consecutive_days = 5
breaks = [
  {{ name = "rest", length = "15m", paid = {paid}, after = "1h30m", before = "3h30m", if_shift_over = "4h" }},
  {{ name = "meal", length = "30m", paid = false, after = "3h", before = "6h", if_shift_over = "6h" }},
]
cost_per_hour = 16.5
{contract_rules}
premium = {{ night = 0.25, saturday = 0.1, sunday = 0.5, holiday = 1.0 }}
overtime = {{ max_hours = 4, factor = 1.5 }}

[[contract]]
id = "part"
paid_hours_per_week = {{ min = 8, max = 24 }}
days_per_week = {{ min = 2, max = 4 }}
shift_lengths = ["4h", "6h"]
shift_starts = {{ every = "30m", earliest = "06:00", latest = "18:00" }}
rest_between_shifts = "{rest}h"
breaks = [{{ name = "rest", length = "15m", paid = {paid}, after = "1h30m", before = "3h30m", if_shift_over = "5h" }}]
cost_per_hour = 14.0
{tables}"#,
            contract_rules = MORE_RULES[self.more].0,
            site_rules = MORE_RULES[self.more].1,
            tables = MORE_RULES[self.more].2,
            start = self.start,
            weeks = self.weeks,
            zone = self.zone,
            open = self.open.0,
            close = self.open.1,
            rest = self.rest_hours,
            paid = self.paid_break,
        );
        Memory::default()
            .with("team/scenario.toml", text)
            .with("team/agents.csv", self.agents())
            .with(
                "team/absences.csv",
                self.rows("agent,start,end,reason,paid", absences.into_iter()),
            )
            .with(
                "team/requests.csv",
                self.rows("agent,date,wants,weight", wishes.into_iter()),
            )
            .with("team/history.csv", "only its name is looked at")
    }

    fn history(&self) -> String {
        let hours = self.open.0..self.open.1;
        let history = History::before(self.start, self.zone);
        history
            .queue("en-phone", self.contacts, 250.0, hours.clone())
            .queue("pl-phone", self.contacts / 2.0, 300.0, hours)
            .queue("en-email", 1.0, 500.0, 0..24)
            .csv()
    }
}

struct Nobody;

impl Watcher for Nobody {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn stage(&self, _: &str) {}
    fn roster(&self, _: Progress) {}
}

/// Scenario and results of a case; `None` where its hard rules clash (its absences may leave a person no week).
fn planned(case: &Case) -> Option<(Scenario, PlanResults)> {
    let loaded = load_with(&case.scenario(), Path::new("team"))
        .unwrap_or_else(|problems| panic!("{}", followsun::scenario::render(&problems, false)));
    let scenario = loaded.scenario;
    let mut reader = HistoryReader::new(KnownQueues {
        ids: scenario
            .queues
            .iter()
            .map(|queue| queue.id.clone())
            .collect(),
        ..KnownQueues::default()
    });
    reader.read("history.csv", case.history().as_bytes());
    let demand = foresee(&scenario, &reader.finish()).expect("four weeks are enough");
    let options = PlanOptions {
        gap: 0.0,
        gap_by_steps: false,
        effort: Some(2),
        seed: case.seed,
        rounds: 1,
        quick_plays: 20,
        final_plays: 20,
        later_plays: 0,
        play: PlayOptions::default(),
    };
    let planned = match plan(&scenario, &demand, &options, None, &Nobody) {
        Ok(planned) => planned,
        Err(PlanError::Impossible(_)) => return None,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(
        check(&planned.problem, &planned.solution.tours),
        [],
        "hard rules broken"
    );
    let facts = RunFacts {
        seconds: 0.0,
        seed: case.seed,
        stopped_by: "effort".into(),
        broken: Vec::new(),
    };
    let results = publish(&scenario, &demand, &planned, &facts);
    Some((scenario, results))
}

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.unwrap())
        .collect()
}

/// A shift as roster.csv has it.
struct Found {
    date: NaiveDate,
    start: Instant,
    end: Instant,
    pieces: Vec<(String, Instant, Instant, bool)>,
}

impl Found {
    fn paid(&self) -> i64 {
        self.pieces
            .iter()
            .filter(|piece| piece.3)
            .map(|piece| (piece.2 - piece.1).num_minutes())
            .sum()
    }
}

/// Everybody's shifts, each of contiguous pieces in the order of the file.
fn shifts(roster: &[Row], zone: &Zone) -> BTreeMap<String, Vec<Found>> {
    let mut found: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    let mut number = BTreeMap::new();
    for row in roster.iter().filter(|row| !row["shift"].is_empty()) {
        let piece = (
            row["activity"].clone(),
            instant(&row["start_utc"]),
            instant(&row["end_utc"]),
            row["paid"] == "true",
        );
        assert!(piece.1 < piece.2, "{row:?}");
        let shift: u32 = row["shift"].parse().unwrap();
        let own = found.entry(row["agent"].clone()).or_default();
        if number.insert(row["agent"].clone(), shift) == Some(shift) {
            let last = own.last_mut().unwrap();
            assert_eq!(
                last.end, piece.1,
                "pieces of a shift follow each other: {row:?}"
            );
            last.end = piece.2;
            last.pieces.push(piece);
        } else {
            assert_eq!(
                shift as usize,
                own.len() + 1,
                "shifts are numbered from 1: {row:?}"
            );
            own.push(Found {
                date: zone.date(piece.1),
                start: piece.1,
                end: piece.2,
                pieces: vec![piece],
            });
        }
    }
    found
}

fn recount(case: &Case, scenario: &Scenario, results: &PlanResults) {
    let zone = Zone::named(case.zone).unwrap();
    let found = shifts(&rows(&roster_csv(results)), &zone);
    let week_of = |date: NaiveDate| (date - case.start()).num_days().div_euclid(7);
    for agent in &scenario.agents {
        let id = &agent.id;
        let full = scenario.contracts[agent.contract.0].id == "full";
        let own: &[Found] = found.get(id).map_or(&[], Vec::as_slice);
        let absent: Vec<NaiveDate> = scenario
            .absences
            .iter()
            .filter(|absence| scenario.agents[absence.agent.0].id == *id)
            .flat_map(|absence| absence.dates.clone())
            .collect();
        for week in 0..i64::from(case.weeks) {
            let in_week: Vec<&Found> = own
                .iter()
                .filter(|shift| week_of(shift.date) == week)
                .collect();
            let gone = absent
                .iter()
                .collect::<BTreeSet<_>>()
                .iter()
                .filter(|date| week_of(***date) == week)
                .count() as i64;
            let (min_days, max_days, min_paid, max_paid, more) = if full {
                (3, 5, 24 * 60, 40 * 60, 4 * 60)
            } else {
                (2, 4, 8 * 60, 24 * 60, 0)
            };
            let away = gone * max_paid / max_days;
            let paid: i64 = in_week.iter().map(|shift| shift.paid()).sum();
            let days = in_week.len() as i64;
            assert!(
                ((min_days - gone).max(0)..=(max_days - gone).max(0)).contains(&days),
                "{id} works {days} days in week {week}, absent on {gone}"
            );
            assert!(
                ((min_paid - away).max(0)..=(max_paid - away).max(0) + more).contains(&paid),
                "{id} is paid {paid} minutes in week {week}, absent on {gone}"
            );
        }
        for pair in own.windows(2) {
            assert!(
                pair[1].start - pair[0].end >= TimeDelta::hours(case.rest_hours.into()),
                "{id} rests from {} to {}",
                pair[0].end,
                pair[1].start
            );
            assert!(pair[0].date < pair[1].date);
        }
        for shift in own {
            assert!(
                (0..i64::from(7 * case.weeks)).contains(&(shift.date - case.start()).num_days())
                    && !absent.contains(&shift.date),
                "{id} works on {}",
                shift.date
            );
            let minutes = (shift.end - shift.start).num_minutes();
            assert!(
                if full {
                    [480, 510].contains(&minutes)
                } else {
                    [240, 360].contains(&minutes)
                },
                "{id}: {minutes} minutes"
            );
            let breaks: Vec<(&str, i64, i64, bool)> = shift
                .pieces
                .iter()
                .filter(|piece| piece.0 != "work")
                .map(|piece| {
                    (
                        piece.0.as_str(),
                        (piece.1 - shift.start).num_minutes(),
                        (piece.2 - piece.1).num_minutes(),
                        piece.3,
                    )
                })
                .collect();
            let mut due = Vec::new();
            if full || minutes > 300 {
                due.push(("rest", 90, 210, 15, case.paid_break));
            }
            if full {
                due.push(("meal", 180, 360, 30, false));
            }
            assert_eq!(breaks.len(), due.len(), "{id}: {breaks:?}");
            for (taken, due) in breaks.iter().zip(due) {
                assert_eq!(
                    (taken.0, taken.2, taken.3),
                    (due.0, due.3, due.4),
                    "{id}: {breaks:?}"
                );
                assert!(
                    taken.1 >= due.1 && taken.1 + taken.2 <= due.2,
                    "{id}: {breaks:?}"
                );
            }
            assert!(
                shift
                    .pieces
                    .iter()
                    .all(|piece| piece.0 != "work" || piece.3),
                "work is paid"
            );
        }
    }
    pay(case, scenario, results, &found, &zone);
    service(case, scenario, results, &found);
}

/// Whether somebody is away on a date and paid for it.
fn paid_absence(scenario: &Scenario, (agent, date): &(String, NaiveDate)) -> bool {
    let own = |absence: &&followsun::scenario::domain::Absence| {
        scenario.agents[absence.agent.0].id == *agent
    };
    scenario
        .absences
        .iter()
        .filter(own)
        .any(|absence| absence.paid && absence.dates.contains(date))
}

fn pay(
    case: &Case,
    scenario: &Scenario,
    results: &PlanResults,
    found: &BTreeMap<String, Vec<Found>>,
    zone: &Zone,
) {
    let mut minutes: BTreeMap<(String, NaiveDate), [i64; 4]> = BTreeMap::new();
    for (agent, shift) in found
        .iter()
        .flat_map(|(agent, shifts)| shifts.iter().map(move |shift| (agent, shift)))
    {
        let sums = minutes.entry((agent.clone(), shift.date)).or_default();
        for piece in shift.pieces.iter().filter(|piece| piece.3) {
            for minute in 0..(piece.2 - piece.1).num_minutes() {
                let local = zone.to_local(piece.1 + TimeDelta::minutes(minute));
                let day = local.format("%a").to_string();
                let counts = [
                    true,
                    !(6..22).contains(&local.hour()),
                    day == "Sat",
                    day == "Sun",
                ];
                sums.iter_mut()
                    .zip(counts)
                    .for_each(|(sum, counts)| *sum += i64::from(counts));
            }
        }
    }
    let rows = rows(&payroll_csv(results));
    let mut cost = 0.0;
    for row in &rows {
        let key = (row["agent"].clone(), row["date"].parse().unwrap());
        let counted = minutes.remove(&key).unwrap_or_default();
        let told = [
            "paid_minutes",
            "night_minutes",
            "saturday_minutes",
            "sunday_minutes",
        ]
        .map(|column| number(row, column) as i64);
        assert_eq!(told, counted, "{row:?}");
        let rate = if row["contract"] == "full" {
            16.5
        } else {
            14.0
        };
        let premium = if row["contract"] == "full" {
            [0.25, 0.1, 0.5, 1.0]
        } else {
            [0.0; 4]
        };
        let extra = [
            "night_minutes",
            "saturday_minutes",
            "sunday_minutes",
            "holiday_minutes",
        ]
        .map(|column| number(row, column));
        let weighted: f64 = extra
            .iter()
            .zip(premium)
            .map(|(minutes, premium)| minutes * premium)
            .sum();
        let due = (counted[0] as f64
            + if paid_absence(scenario, &key) {
                number(row, "absence_minutes")
            } else {
                0.0
            }
            + weighted
            + 0.5 * number(row, "overtime_minutes"))
            / 60.0
            * rate;
        assert!(
            (number(row, "cost") - due).abs() < 0.006,
            "{due} is due: {row:?}"
        );
        cost += number(row, "cost");
    }
    assert!(
        minutes.values().all(|sums| sums[0] == 0),
        "{minutes:?} is in nobody's pay"
    );
    assert!(
        (cost - results.summary.cost).abs() < 0.006 * rows.len() as f64 + 0.01,
        "{cost} is paid, {} is told ({case:?})",
        results.summary.cost
    );
}

fn service(
    case: &Case,
    scenario: &Scenario,
    results: &PlanResults,
    found: &BTreeMap<String, Vec<Found>>,
) {
    // Nobody is counted twice: those allocated to all queues together are never more than those at work who can serve any of them.
    let grid = scenario.grid();
    for interval in 0..grid.len {
        let (from, until) = (
            grid.at(interval),
            grid.at(interval) + TimeDelta::minutes(30),
        );
        let at_work: f64 = found
            .values()
            .flatten()
            .flat_map(|shift| &shift.pieces)
            .filter(|piece| piece.0 == "work")
            .map(|piece| {
                (piece.2.min(until) - piece.1.max(from))
                    .num_minutes()
                    .max(0) as f64
                    / 30.0
            })
            .sum();
        let allocated: f64 = results
            .queues
            .iter()
            .map(|queue| queue.rostered[interval])
            .sum();
        assert!(
            allocated <= at_work + 1e-6,
            "{allocated} allocated, {at_work} at work at {from} ({case:?})"
        );
    }
    let played = rows(&service_csv(results));
    let forecast = rows(&forecast_csv(results));
    assert_eq!((played.len(), forecast.len()), (3 * grid.len, 3 * grid.len));
    for queue in &results.queues {
        let of = |column: &str| -> f64 {
            played
                .iter()
                .filter(|row| row["queue"] == queue.id)
                .map(|row| number(row, column))
                .sum()
        };
        let (offered, answered, abandoned) =
            (of("offered"), of("answered_within"), of("abandoned"));
        if offered > 0.0 {
            assert!(
                (answered / offered - queue.summary.simulated).abs() < 0.02,
                "{}: {answered} of {offered}, told {}",
                queue.id,
                queue.summary.simulated
            );
            assert!(
                (abandoned / offered - queue.summary.abandoned).abs() < 0.02,
                "{}: {abandoned} of {offered}, told {}",
                queue.id,
                queue.summary.abandoned
            );
            assert!(
                queue.summary.low <= queue.summary.simulated
                    && queue.summary.simulated <= queue.summary.high
            );
            assert!((0.0..=1.0).contains(&queue.summary.occupancy));
        }
        let expected: f64 = forecast
            .iter()
            .filter(|row| row["queue"] == queue.id)
            .map(|row| number(row, "contacts"))
            .sum();
        assert!(
            (offered - expected).abs() < 0.25 * expected + 10.0,
            "{}: {offered} came, {expected} were forecast",
            queue.id
        );
        let closed = forecast
            .iter()
            .filter(|row| row["queue"] == queue.id && number(row, "contacts") == 0.0);
        assert_eq!(
            closed.count() > 0,
            queue.id != "en-email",
            "{}: no contacts outside opening hours",
            queue.id
        );
    }
    assert!(results.summary.bound <= results.summary.objective + 1e-6);
}

/// Eight cases, or as many as PROPTEST_CASES says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default() })]
    #[test]
    fn what_is_published_can_be_recounted(case in case()) {
        if let Some((scenario, results)) = planned(&case) {
            recount(&case, &scenario, &results);
        }
    }
}
