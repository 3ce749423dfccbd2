//! What is written means what it says.

mod scenario_support;

use chrono::NaiveDate;
use followsun::scenario::domain::{
    AgentIndex, Channel, CoverNeed, HireCount, LanguageIndex, QueueIndex, TargetPeriod, Wish,
};
use followsun::scenario::{Scenario, understood};
use scenario_support::{files, good};

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
}

fn staff(key: &str, text: &str) -> Scenario {
    let line = format!("agents = \"agents.csv\"\n{key} = \"{key}.csv\"");
    good(&files(
        "agents = \"agents.csv\"",
        &line,
        &[(&format!("{key}.csv"), text)],
    ))
}

#[test]
fn the_top_and_the_week_of_the_clock_change() {
    let scenario = good(&files("", "", &[]));
    assert_eq!(scenario.grid().len, 169 * 2);
    assert_eq!(scenario.last_date(), date(25));
    assert_eq!(scenario.dates().count(), 7);
    assert_eq!(scenario.shrinkage.default, 800);
}

#[test]
fn a_queue_with_every_key() {
    let keys = "hours = \"Mon-Fri 08:00-20:00\"\nmax_abandoned = 0.05\nmax_occupancy = 0.85\nper = \"day\"\nhandle_time = \"5m\"\nhandle_time_cv = 0.8\nslowdown = 1.1\nmin_staff = 2\npriority = 3\ncountry = \"GB\"\nconcurrency = 3";
    let scenario = good(&files("concurrency = 3", keys, &[]));
    let queue = &scenario.queues[1];
    assert_eq!(queue.channel, Channel::Chat);
    assert_eq!(queue.target.max_abandoned, Some(0.05));
    assert_eq!(queue.target.max_occupancy, Some(0.85));
    assert_eq!(queue.target.per, Some(TargetPeriod::Day));
    assert_eq!(queue.handle_time_seconds, Some(300.0));
    assert_eq!((queue.handle_time_cv, queue.slowdown), (0.8, 1.1));
    assert_eq!((queue.concurrency, queue.min_staff), (3, 2));
    assert_eq!(queue.priority, Some(3.0));
    assert!(queue.holidays.len() > 20);
    assert!(!queue.hours.is_always());
}

#[test]
fn who_serves_what_and_how_fast() {
    let scenario = good(&files("", "", &[]));
    assert!(scenario.serves(AgentIndex(0), QueueIndex(1)));
    assert_eq!(scenario.languages, ["en", "lt"]);
    assert_eq!(scenario.agents[1].languages[1].language, LanguageIndex(1));
    assert_eq!(scenario.agents[1].languages[1].speed, 0.8);
    assert_eq!(scenario.speed(AgentIndex(1), QueueIndex(0)), Some(1.0));
    assert_eq!(scenario.roles, ["agent", "supervisor"]);
}

#[test]
fn a_contract_with_every_key() {
    let keys = "rest_between_shifts = \"11h\"\nmax_consecutive_days = 6\nmin_consecutive_days_off = 2\nmax_nights_per_week = 3\nmax_consecutive_nights = 2\nweekends_off = { at_least = 1, of = 2 }\nsame_start_within = \"2h\"\novertime = { max_hours = 4, factor = 1.5 }\npremium = { night = 0.3, holiday = 1.0 }\n";
    let scenario = good(&files("rest_between_shifts = \"11h\"\n", keys, &[]));
    let contract = &scenario.contracts[0];
    assert_eq!(
        (
            contract.paid_minutes_per_week.min,
            contract.paid_minutes_per_week.max
        ),
        (1800, 2400)
    );
    assert_eq!(contract.rest_between_shifts, Some(660));
    assert_eq!(contract.min_consecutive_days_off, Some(2));
    assert_eq!(contract.max_nights_per_week, Some(3));
    assert_eq!(contract.same_start_within, Some(120));
    assert_eq!(contract.overtime.unwrap().max_minutes, 240);
    assert_eq!(
        (contract.premium.night, contract.premium.saturday),
        (0.3, 0.0)
    );
    assert_eq!(contract.paid_minutes(480), 450);
    assert_eq!(
        contract.paid_minutes(360),
        360,
        "a shift of 6h is not over 6h"
    );
    assert!(contract.shift_starts.allows(30) && !contract.shift_starts.allows(45));
}

#[test]
fn absences_are_utc_and_know_the_local_dates_that_they_touch() {
    let text = "agent,start,end,reason,paid\na1,2026-10-24T00:00,2026-10-26T00:00,leave,true\na2,2026-10-20T22:00,2026-10-21T06:00,,no\na2,2026-10-22,2026-10-23,sick,\n";
    let absences = staff("absences", text).absences;
    // Two days of which the second has 25 hours.
    assert_eq!((absences[0].until - absences[0].from).num_hours(), 49);
    assert_eq!(absences[0].dates, [date(24), date(25)]);
    assert_eq!(absences[1].dates, [date(20), date(21)]);
    assert!(!absences[1].paid && absences[2].paid);
    assert_eq!(
        absences[2].dates,
        [date(22), date(23)],
        "dates alone are whole days"
    );
}

#[test]
fn requests_are_typed() {
    let text = "agent,date,wants,weight\na1,2026-10-20,off,3\na2,2026-10-21,09:30,\n";
    let requests = staff("requests", text).requests;
    assert_eq!((requests[0].wants, requests[0].weight), (Wish::Off, 3.0));
    assert_eq!(
        (requests[1].wants, requests[1].weight),
        (Wish::StartAt(570), 1.0)
    );
}

#[test]
fn locked_shifts_may_be_local_or_utc() {
    let text = "agent,start,end\na1,2026-10-24T22:00,2026-10-25T05:00\na2,2026-10-20T05:00Z,2026-10-20T16:00+03:00\n";
    let locked = staff("locked", text).locked;
    assert_eq!(
        (locked[0].end - locked[0].start).num_hours(),
        8,
        "the clock is set back in that night"
    );
    assert_eq!((locked[1].end - locked[1].start).num_hours(), 8);
}

#[test]
fn a_roster_of_the_week_before_is_put_together_from_its_pieces() {
    let text =
        "agent,name,site,shift,activity,start_utc,end_utc,start_local,end_local,time_zone,paid
a1,Ann,vilnius,1,work,2026-10-17T05:00Z,2026-10-17T08:00Z,,,Europe/Vilnius,true
a1,Ann,vilnius,1,meal,2026-10-17T08:00Z,2026-10-17T08:30Z,,,Europe/Vilnius,false
a1,Ann,vilnius,1,work,2026-10-17T08:30Z,2026-10-17T13:00Z,,,Europe/Vilnius,true
a1,Ann,vilnius,2,work,2026-10-18T05:00Z,2026-10-18T13:00Z,,,Europe/Vilnius,true
a2,Ben,vilnius,,annual-leave,2026-10-17T00:00Z,2026-10-18T00:00Z,,,Europe/Vilnius,true
";
    let previous = staff("previous", text).previous;
    assert_eq!(previous.len(), 2);
    assert_eq!((previous[0].end - previous[0].start).num_hours(), 8);
}

#[test]
fn events_hold_on_each_queues_own_clock() {
    let event = "[[event]]\nname = \"outage\"\nqueues = \"en-phone\"\nfrom = 2026-10-20T08:00:00\nto = 2026-10-20T12:00:00\nmove_to = \"chat\"\n[[cover]]\nrole = \"supervisor\"\none_per = 12\nhard = true\n[[hire]]\nid = \"h\"\ncount = \"solve\"\nsite = \"vilnius\"\ncontract = \"full-time\"\nlanguages = [\"en\"]\nchannels = [\"phone\"]\nramp = [0.5, 1.0]\ncost = 900\n";
    let scenario = good(&files("", event, &[]));
    let span = &scenario.events[0].spans[0];
    assert_eq!(span.from.to_rfc3339(), "2026-10-20T07:00:00+00:00");
    assert_eq!(span.move_to, Some(QueueIndex(1)));
    // Who only says where contacts go means all of them.
    assert_eq!(scenario.events[0].contacts, 0.0);
    assert_eq!(scenario.cover[0].need, CoverNeed::OnePer(12));
    assert!(scenario.cover[0].hard);
    assert_eq!(scenario.hires[0].count, HireCount::Solve);
    assert_eq!(
        (scenario.hires[0].ramp.len(), scenario.hires[0].cost),
        (2, Some(900.0))
    );
}

#[test]
fn what_was_understood_is_said_in_plain_words() {
    let more = "[[cover]]\nrole = \"supervisor\"\nmin = 1\nhours = \"Mon-Fri 08:00-20:00, Sat 22:00-02:00\"\n[[change]]\nqueues = \"*-chat\"\ncontacts = 0.65\nhandle_time = 1.12\n";
    let text = understood(&good(&files("", more, &[])));
    assert_eq!(text, UNDERSTOOD);
}

const UNDERSTOOD: &str = "Small
Plan: Monday 2026-10-19 to Sunday 2026-10-25 (1 week), 169 hours in Europe/Vilnius, in intervals of 30m
Clock: on 2026-10-25 it is set back by 1h in Europe/London, Europe/Vilnius
History: s/history.csv (format intervals)

Queues: 2 in 1 language
  queue     language  channel  promise          open  clock
  en-phone  en        phone    80 % within 20s  24/7  Europe/London  waits 2m30s on average
  en-chat   en        chat     80 % within 60s  24/7  Europe/London  3 at once

People: 2 at 1 site
  site     clock           people  full-time  shrinkage
  vilnius  Europe/Vilnius  2       2          8 %
Contracts:
  full-time  30h to 40h paid a week, on 4 to 5 days, shifts of 8h, 11h rest between, 15 EUR an hour

Who can serve what (- : no such queue):
  language  phone  chat
  en        2      2
  lt        -      -

Cover: at least 1 supervisor, Mon-Fri 08:00-20:00, Sat 22:00-24:00, Sun 00:00-02:00, all sites together

Change: 35 % fewer contacts, 12 % longer work on each on en-chat
";
