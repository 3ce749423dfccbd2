//! `scenarios/delta`: forty people on a grid of quarter hours.

use chrono::NaiveDate;

use crate::generate::{Leave, Market, Origin, QueueRecipe, Recipe, Shape, SiteRecipe, StaffGroup};

const LONG: &str = "07:00-23:00";
const SHORT: &str = "Mon-Sat 08:00-20:00";

pub fn recipe() -> Recipe<'static> {
    let rotterdam = SiteRecipe {
        id: "rotterdam",
        zone: "Europe/Amsterdam",
        country: "NL",
        hours: Some("06:00-24:00"),
        seats: None,
    };
    let lisbon = SiteRecipe {
        id: "lisbon",
        zone: "Europe/Lisbon",
        country: "PT",
        ..rotterdam.clone()
    };
    Recipe {
        folder: "delta",
        name: "Delta Energy",
        about: ABOUT,
        seed: 3,
        start: NaiveDate::from_ymd_opt(2026, 11, 30).expect("a valid date"),
        weeks: 1,
        interval_minutes: 15,
        zone: "Europe/Amsterdam",
        currency: "EUR",
        history_weeks: 10,
        shrinkage: "default = 0.07\nchannel = { email = 0.05 }",
        queues: queues(),
        sites: vec![rotterdam, lisbon],
        contracts: CONTRACTS,
        rest: REST,
        staff: staff(),
        leave: Leave {
            one_day: 0.12,
            whole_week: 0.03,
            wishes: 0.4,
        },
    }
}

fn queues() -> Vec<QueueRecipe<'static>> {
    let dutch = Market {
        language: "nl",
        zone: "Europe/Amsterdam",
        country: "NL",
    };
    let english = Market {
        language: "en",
        zone: "Europe/London",
        country: "GB",
    };
    let german = Market {
        language: "de",
        zone: "Europe/Berlin",
        country: "DE",
    };
    let french = Market {
        language: "fr",
        zone: "Europe/Paris",
        country: "FR",
    };
    let evening = |queue: QueueRecipe<'static>| QueueRecipe {
        shape: Shape::CONSUMER,
        ..queue
    };
    vec![
        evening(dutch.phone("nl-phone", LONG, 1400.0, 300.0)),
        evening(dutch.chat("nl-chat", LONG, 1150.0, 600.0)),
        dutch.email("nl-email", LONG, 600.0, 400.0),
        evening(english.phone("en-phone", "07:00-22:00", 880.0, 310.0)),
        evening(english.chat("en-chat", "07:00-22:00", 600.0, 600.0)),
        english.email("en-email", "07:00-22:00", 400.0, 400.0),
        german.phone("de-phone", SHORT, 580.0, 330.0),
        german.email("de-email", SHORT, 350.0, 420.0),
        french.phone("fr-phone", SHORT, 380.0, 330.0),
        french.email("fr-email", SHORT, 260.0, 400.0),
    ]
}

fn staff() -> Vec<StaffGroup<'static>> {
    use Origin::{Britain, France, Germany, Netherlands, Portugal};
    let group = |count, site, contract, languages, origins| StaffGroup {
        count,
        site,
        contract,
        role: "agent",
        languages,
        channels: "phone;chat;email",
        window: "",
        origins,
    };
    let supervisor = |group: StaffGroup<'static>| StaffGroup {
        role: "supervisor",
        ..group
    };
    let window = |window, group: StaffGroup<'static>| StaffGroup { window, ..group };
    vec![
        supervisor(group(3, "rotterdam", "full-time", "nl;en", &[Netherlands])),
        group(6, "rotterdam", "full-time", "nl;en", &[Netherlands]),
        group(
            3,
            "rotterdam",
            "full-time",
            "nl;de",
            &[Netherlands, Germany],
        ),
        window(
            "06:30-19:00",
            group(
                3,
                "rotterdam",
                "full-time",
                "nl;fr:0.9",
                &[Netherlands, France],
            ),
        ),
        group(3, "rotterdam", "full-time", "de;en", &[Germany]),
        window(
            "15:00-23:30",
            group(3, "rotterdam", "part-time", "nl;en", &[Netherlands]),
        ),
        group(2, "rotterdam", "part-time", "nl", &[Netherlands]),
        group(2, "rotterdam", "contractor", "nl;en", &[Netherlands]),
        supervisor(group(1, "lisbon", "full-time", "en;fr", &[Portugal])),
        group(4, "lisbon", "full-time", "en;fr", &[Portugal, France]),
        group(3, "lisbon", "full-time", "de;en:0.9", &[Germany, Portugal]),
        group(3, "lisbon", "full-time", "en", &[Britain, Portugal]),
        window(
            "07:00-19:00",
            group(2, "lisbon", "part-time", "fr;de", &[Portugal, France]),
        ),
        group(
            2,
            "lisbon",
            "contractor",
            "en;nl:0.85",
            &[Britain, Netherlands],
        ),
    ]
}

const ABOUT: &str = "
An energy supplier's customer service: two sites, four languages, forty people, planned by the quarter hour from early
morning to late evening. Large enough to measure speed with.

All names and numbers are made up (cargo run --release --example generate_scenarios).";

const CONTRACTS: &str = r#"
[[contract]]
id = "full-time"
paid_hours_per_week = { min = 32, max = 40 }
days_per_week = { min = 4, max = 5 }
shift_lengths = ["8h30m"]
shift_starts = { every = "15m", earliest = "06:00", latest = "15:30" }
rest_between_shifts = "11h"
max_consecutive_days = 5
min_consecutive_days_off = 2
weekends_off = { at_least = 1, of = 2 }
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" },
  { name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h30m", if_shift_over = "7h45m" },
]
cost_per_hour = 19.0
premium = { saturday = 0.25, sunday = 0.50, holiday = 1.00 }   # on top of the hour's cost

[[contract]]
id = "part-time"
paid_hours_per_week = { min = 18, max = 24 }
days_per_week = { min = 3, max = 5 }
shift_lengths = ["4h", "5h", "6h"]
shift_starts = { every = "15m", earliest = "06:00", latest = "19:30" }
rest_between_shifts = "11h"
max_consecutive_days = 5
same_start_within = "3h"         # starts of a week lie within three hours of each other
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
]
cost_per_hour = 18.0
premium = { saturday = 0.25, sunday = 0.50, holiday = 1.00 }

[[contract]]
id = "contractor"
paid_hours_per_week = { min = 0, max = 32 }
days_per_week = { min = 0, max = 5 }
shift_lengths = ["4h", "6h"]
shift_starts = { every = "15m" }
rest_between_shifts = "11h"
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
]
cost_per_hour = 27.0
"#;

const REST: &str = r#"
[[cover]]                        # at least one supervisor while anybody is served
role = "supervisor"
min = 1
hours = "07:00-23:00"
"#;
