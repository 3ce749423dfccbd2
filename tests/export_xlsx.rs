//! The workbook, read back by another library.

mod sample_plan;

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use followsun::export::roster_xlsx;
use followsun::results::PlanResults;
use sample_plan::{plan, small_plan, utc};

const STAMP: &str = "2026-10-12T08:00Z";

fn sheet(plan: &PlanResults, name: &str) -> Range<Data> {
    let bytes = roster_xlsx(plan, utc(STAMP)).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet
        .get_value((row, column))
        .map_or_else(String::new, ToString::to_string)
}

fn row(sheet: &Range<Data>, row: u32, columns: std::ops::Range<u32>) -> Vec<String> {
    columns.map(|column| text(sheet, row, column)).collect()
}

#[test]
fn roster_shows_shifts_absences_and_days_off() {
    let sheet = sheet(&small_plan(), "Roster");
    assert_eq!(
        row(&sheet, 3, 0..13),
        [
            "Site",
            "Name",
            "Role",
            "Languages",
            "Channels",
            "Mon 19 Oct",
            "Tue 20 Oct",
            "Wed 21 Oct",
            "Thu 22 Oct",
            "Fri 23 Oct",
            "Sat 24 Oct",
            "Sun 25 Oct",
            "Paid h"
        ]
    );
    assert_eq!(
        row(&sheet, 4, 1..13),
        [
            "Ona, the \"first\"",
            "agent",
            "en",
            "phone",
            "off",
            "off",
            "off",
            "off",
            "off",
            "22:00-06:00",
            "off",
            "8.5"
        ]
    );
    assert_eq!(
        row(&sheet, 5, 1..13),
        [
            "=HYPERLINK(1)",
            "agent",
            "en",
            "phone",
            "off",
            "off",
            "off",
            "off",
            "off",
            "annual leave",
            "off",
            "0"
        ]
    );
    assert!(matches!(sheet.get_value((5, 1)), Some(Data::String(_))));
}

#[test]
fn hours_have_totals_by_formula() {
    let plan = small_plan();
    let values = sheet(&plan, "Hours");
    assert_eq!(
        row(&values, 3, 4..12),
        ["8.5", "8.5", "2", "6.5", "0", "0", "0", "214.5"]
    );
    assert_eq!(
        row(&values, 5, 4..12),
        ["8.5", "8.5", "2", "6.5", "0", "0", "8", "334.5"]
    );
    let bytes = roster_xlsx(&plan, utc(STAMP)).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_formula("Hours").unwrap();
    assert_eq!(formulas.get_value((5, 11)).unwrap(), "SUBTOTAL(109,L4:L5)");
}

#[test]
fn coverage_tells_apart_the_hour_that_comes_twice() {
    let sheet = sheet(&small_plan(), "Coverage");
    assert_eq!(
        row(&sheet, 4, 0..5),
        ["Sun 25 Oct", "03:30", "+03:00", "1.6", "1"]
    );
    assert_eq!(
        row(&sheet, 5, 0..5),
        ["Sun 25 Oct", "03:00", "+02:00", "1.6", "2"]
    );
    assert_eq!(text(&sheet, 2, 3), "en-phone");
}

#[test]
fn notes_say_what_was_not_met() {
    let sheet = sheet(&small_plan(), "Notes");
    assert_eq!(
        row(&sheet, 3, 0..4),
        ["a1: off", "a1", "Sat 24 Oct", "nobody else speaks en"]
    );
}

#[test]
fn a_large_plan_has_everybody_by_site() {
    let plan = plan(60, 5);
    let sheet = sheet(&plan, "Roster");
    let sites: Vec<String> = (4..64).map(|r| text(&sheet, r, 0)).collect();
    let mut blocks = sites.clone();
    blocks.dedup();
    assert_eq!(blocks, ["vilnius", "athens", "krakow", "manila"]);
    let wanted = plan.people.iter().find(|p| p.site == "vilnius").unwrap();
    assert_eq!(text(&sheet, 4, 1), wanted.name);
}

#[test]
fn an_empty_plan_is_a_workbook_too() {
    let mut plan = small_plan();
    plan.people.clear();
    plan.queues.clear();
    plan.payroll.clear();
    plan.grid.len = 0;
    assert_eq!(text(&sheet(&plan, "Roster"), 0, 0), "Small");
}

#[test]
fn every_week_has_its_own_sheet() {
    let mut plan = small_plan();
    plan.weeks = 2;
    let second = sheet(&plan, "Roster 2");
    assert_eq!(row(&second, 3, 5..12).first().unwrap(), "Mon 26 Oct");
    assert_eq!(text(&second, 4, 12), "0");
    assert_eq!(text(&sheet(&plan, "Roster"), 4, 12), "8.5");
}

#[test]
fn same_plan_and_stamp_same_bytes() {
    let plan = plan(30, 9);
    let bytes = |stamp: &str| roster_xlsx(&plan, utc(stamp)).unwrap();
    assert_eq!(bytes(STAMP), bytes(STAMP));
    assert_ne!(bytes(STAMP), bytes("2026-10-12T09:00Z"));
}
