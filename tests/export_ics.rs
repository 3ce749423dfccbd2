//! Calendars: read back by another parser, and held against RFC 5545.

mod sample_plan;

use followsun::export::{agent_calendar, calendar_file_names};
use followsun::results::Person;
use icalendar::{
    Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, EventLike,
};
use sample_plan::{plan, small_plan, utc};

const STAMP: &str = "2026-10-12T08:00Z";

fn events(text: &str) -> Vec<icalendar::Event> {
    let calendar: Calendar = text.parse().unwrap();
    calendar
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_shift_is_read_back() {
    let plan = small_plan();
    let found = events(&agent_calendar(&plan, &plan.people[0], utc(STAMP)));
    assert_eq!(found.len(), 1);
    let at = |text: &str| Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(utc(text))));
    assert_eq!(found[0].get_start(), at("2026-10-24T19:00Z"));
    assert_eq!(found[0].get_end(), at("2026-10-25T04:00Z"));
    assert_eq!(found[0].get_uid(), Some("a1-2026-10-24@followsun"));
    assert_eq!(found[0].get_timestamp(), Some(utc(STAMP)));
    assert_eq!(found[0].get_location(), Some("vilnius"));
    let description = found[0]
        .get_description()
        .unwrap()
        .replace("\\n", "\n")
        .replace("\\,", ",");
    assert_eq!(
        description,
        "22:00-06:00 Europe/Vilnius, 8h30m paid\n02:00-02:30 meal (unpaid)"
    );
}

#[test]
fn every_calendar_of_a_large_plan_is_valid() {
    let plan = plan(40, 3);
    for person in &plan.people {
        let text = agent_calendar(&plan, person, utc(STAMP));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\n', '\r']));
        }
        let found = events(&text);
        assert_eq!(found.len(), person.shifts.len());
        let mut uids: Vec<_> = found
            .iter()
            .map(|event| event.get_uid().unwrap().to_owned())
            .collect();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), person.shifts.len());
    }
}

#[test]
fn a_second_shift_of_a_day_has_its_own_identity() {
    let mut plan = small_plan();
    let mut again = plan.people[0].shifts[0].clone();
    again.number = 2;
    plan.people[0].shifts.push(again);
    let text = agent_calendar(&plan, &plan.people[0], utc(STAMP));
    assert!(text.contains("UID:a1-2026-10-24@followsun\r\n"));
    assert!(text.contains("UID:a1-2026-10-24-2@followsun\r\n"));
}

#[test]
fn text_is_escaped_and_folded_between_characters() {
    let mut plan = small_plan();
    plan.people[0].name = "Žž;,\\\r\nATTENDEE:x ".repeat(12);
    let text = agent_calendar(&plan, &plan.people[0], utc(STAMP));
    assert!(!text.contains("\r\nATTENDEE"));
    assert!(text.contains("X-WR-CALNAME:Žž\\;\\,\\\\\\nATTENDEE"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
}

#[test]
fn file_names_stay_in_their_folder() {
    let names = file_names(&["../a/ž1"]);
    assert_eq!(names, [".._a_ž1.ics"]);
}

/// People with these ids and what their calendars are called.
fn file_names(ids: &[&str]) -> Vec<String> {
    let person = small_plan().people.swap_remove(0);
    let named = |id: &&str| Person {
        id: (*id).into(),
        ..person.clone()
    };
    calendar_file_names(&ids.iter().map(named).collect::<Vec<_>>())
}

#[test]
fn nobody_loses_their_calendar_to_somebody_of_a_like_id() {
    let names = file_names(&["a/1", "a_1", "A_1", "b"]);
    assert_eq!(names, ["a_1.ics", "a_1-2.ics", "A_1-3.ics", "b.ics"]);
    let uid = |id: &str| {
        let mut plan = small_plan();
        plan.people[0].id = id.into();
        let text = agent_calendar(&plan, &plan.people[0], utc(STAMP));
        text.lines()
            .find(|line| line.starts_with("UID"))
            .map(str::to_owned)
    };
    assert_ne!(uid("a/1"), uid("a_1"));
}

#[test]
fn an_endless_id_is_cut_to_what_a_disk_takes() {
    let names = file_names(&[&"ž".repeat(300), &"ž".repeat(301)]);
    assert_ne!(names[0], names[1]);
    // The temporary name puts nine octets around it.
    assert!(names.iter().all(|name| name.len() + 9 <= 255));
}
