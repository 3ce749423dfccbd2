//! Each CSV file and the summary, byte by byte, for a plan of two intervals.

mod sample_plan;

use followsun::export::*;
use sample_plan::small_plan;

#[test]
fn forecast() {
    assert_eq!(
        forecast_csv(&small_plan()),
        "queue,start_utc,contacts,p10,p50,p90,handle_time_s\n\
         en-phone,2026-10-25T00:30Z,2.5,1,2,4.25,316.7\n\
         en-phone,2026-10-25T01:00Z,2.5,1,2,4.25,316.7\n"
    );
}

#[test]
fn requirement() {
    assert_eq!(
        requirement_csv(&small_plan()),
        "queue,start_utc,load_erlang,agents,scheduled\n\
         en-phone,2026-10-25T00:30Z,0.4398,1.5,1.6304\n\
         en-phone,2026-10-25T01:00Z,0.4398,1.5,1.6304\n"
    );
}

#[test]
fn service_leaves_cells_empty_where_nothing_was_measured() {
    assert_eq!(
        service_csv(&small_plan()),
        "queue,start_utc,offered,answered_within,abandoned,service_level,low,high,asa_s,occupancy\n\
         en-phone,2026-10-25T00:30Z,2.5,2,0.125,0.8,0.75,0.85,11.3,0.5\n\
         en-phone,2026-10-25T01:00Z,2.5,2,0.125,,,,,\n"
    );
}

#[test]
fn roster_has_both_clocks_and_defuses_formulas() {
    assert_eq!(
        roster_csv(&small_plan()),
        "agent,name,site,shift,activity,start_utc,end_utc,start_local,end_local,time_zone,paid\n\
         a1,\"Ona, the \"\"first\"\"\",vilnius,1,work,2026-10-24T19:00Z,2026-10-24T23:00Z,2026-10-24T22:00+03:00,2026-10-25T02:00+03:00,Europe/Vilnius,true\n\
         a1,\"Ona, the \"\"first\"\"\",vilnius,1,meal,2026-10-24T23:00Z,2026-10-24T23:30Z,2026-10-25T02:00+03:00,2026-10-25T02:30+03:00,Europe/Vilnius,false\n\
         a1,\"Ona, the \"\"first\"\"\",vilnius,1,work,2026-10-24T23:30Z,2026-10-25T04:00Z,2026-10-25T02:30+03:00,2026-10-25T06:00+02:00,Europe/Vilnius,true\n\
         a2,'=HYPERLINK(1),vilnius,,annual-leave,2026-10-23T21:00Z,2026-10-24T21:00Z,2026-10-24T00:00+03:00,2026-10-25T00:00+03:00,Europe/Vilnius,true\n"
    );
}

#[test]
fn payroll() {
    assert_eq!(
        payroll_csv(&small_plan()),
        "agent,name,site,contract,date,paid_minutes,night_minutes,saturday_minutes,sunday_minutes,holiday_minutes,overtime_minutes,absence_minutes,cost\n\
         a1,\"Ona, the \"\"first\"\"\",vilnius,full-time,2026-10-24,510,510,120,390,0,0,0,214.50\n\
         a2,'=HYPERLINK(1),vilnius,full-time,2026-10-24,0,0,0,0,0,0,480,120.00\n"
    );
}

#[test]
fn summary_has_every_key_of_the_format() {
    let text = summary_json(&small_plan());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = [
        "status",
        "objective",
        "bound",
        "gap",
        "cost",
        "seconds",
        "seed",
        "version",
        "queues",
        "broken",
        "unmet",
        "people",
    ];
    for key in keys {
        assert!(value.get(key).is_some(), "{key}");
    }
    assert_eq!(value["status"], "optimal");
    assert_eq!(value["seconds"], 1.25);
    assert_eq!(value["cost"], 334.5);
    assert_eq!(value["broken"], serde_json::json!([]));
    assert_eq!(
        value["queues"]["en-phone"],
        serde_json::json!({
            "target": 0.8, "within_s": 20.0, "promised": 0.83, "simulated": 0.81, "low": 0.79, "high": 0.83,
            "asa_s": 11.3, "abandoned": 0.05, "occupancy": 0.5, "every_day": false,
            "days": [{ "date": "2026-10-25", "simulated": 0.81, "low": 0.78, "high": 0.84 }],
        })
    );
    assert_eq!(value["people"]["a1"]["night_minutes"], 510);
    assert_eq!(value["unmet"][0]["why"], "nobody else speaks en");
}

#[test]
fn numbers_that_do_not_exist_are_null_or_empty() {
    let mut plan = small_plan();
    plan.summary.bound = f64::NEG_INFINITY;
    plan.queues[0].summary.asa_s = f64::NAN;
    plan.queues[0].forecast[0].contacts = f64::NAN;
    let value: serde_json::Value = serde_json::from_str(&summary_json(&plan)).unwrap();
    assert!(value["bound"].is_null());
    assert!(value["queues"]["en-phone"]["asa_s"].is_null());
    assert!(forecast_csv(&plan).contains("2026-10-25T00:30Z,,1,"));
}
