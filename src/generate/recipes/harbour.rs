//! `scenarios/harbour`: ten people at one site.

use chrono::NaiveDate;

use crate::generate::{Leave, Market, Origin, Recipe, SiteRecipe, StaffGroup};

const OFFICE: &str = "Mon-Fri 08:00-20:00";

pub fn recipe() -> Recipe<'static> {
    let lithuanian = Market {
        language: "lt",
        zone: "Europe/Vilnius",
        country: "LT",
    };
    // Ships' agents of every nation write English, but they sit in the same port: the same clock and holidays.
    let english = Market {
        language: "en",
        ..lithuanian
    };
    Recipe {
        folder: "harbour",
        name: "Harbour ferries",
        about: ABOUT,
        seed: 4,
        start: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a valid date"),
        weeks: 1,
        interval_minutes: 30,
        zone: "Europe/Vilnius",
        currency: "EUR",
        history_weeks: 16,
        shrinkage: "default = 0.08",
        queues: vec![
            lithuanian.phone("lt-phone", OFFICE, 700.0, 275.0),
            english.phone("en-phone", OFFICE, 290.0, 310.0),
            lithuanian.email("lt-email", OFFICE, 520.0, 360.0),
            english.email("en-email", OFFICE, 290.0, 400.0),
        ],
        sites: vec![SiteRecipe {
            id: "vilnius",
            zone: "Europe/Vilnius",
            country: "LT",
            hours: Some("Mon-Fri 07:30-20:30"),
            seats: None,
        }],
        contracts: CONTRACTS,
        rest: REST,
        staff: staff(),
        leave: Leave {
            one_day: 0.2,
            whole_week: 0.0,
            wishes: 0.6,
        },
    }
}

fn staff() -> Vec<StaffGroup<'static>> {
    let agent = StaffGroup {
        count: 1,
        site: "vilnius",
        contract: "full-time",
        role: "agent",
        languages: "lt;en",
        channels: "phone;email",
        window: "",
        origins: &[Origin::Lithuania],
    };
    vec![
        StaffGroup {
            count: 2,
            role: "supervisor",
            ..agent.clone()
        },
        StaffGroup {
            count: 4,
            origins: &[Origin::Lithuania, Origin::Lithuania, Origin::Poland],
            ..agent.clone()
        },
        StaffGroup {
            languages: "lt",
            window: "07:30-18:00",
            ..agent.clone()
        },
        StaffGroup {
            languages: "en;lt:0.8",
            origins: &[Origin::Britain],
            ..agent.clone()
        },
        StaffGroup {
            contract: "part-time",
            languages: "lt",
            window: "13:00-20:30",
            ..agent.clone()
        },
        StaffGroup {
            contract: "contractor",
            languages: "en",
            origins: &[Origin::Greece],
            ..agent
        },
    ]
}

const ABOUT: &str = "
A ferry company's service desk: ten people in one office answer calls and e-mail in Lithuanian and English, Monday to
Friday. The smallest scenario that has everything you need to plan a week:

    make roster SCENARIO=scenarios/harbour

All names and numbers are made up (cargo run --release --example generate_scenarios).";

const CONTRACTS: &str = r#"
[[contract]]
id = "full-time"
paid_hours_per_week = { min = 32, max = 40 }
days_per_week = { min = 4, max = 5 }
shift_lengths = ["8h30m"]        # eight paid hours and half an hour's meal
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
max_consecutive_days = 5
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" },
  { name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h30m", if_shift_over = "7h45m" },
]
cost_per_hour = 15.0
premium = { night = 0.50, sunday = 1.00, holiday = 1.00 }   # on top of the hour's cost; night is 22:00 to 06:00

[[contract]]
id = "part-time"
paid_hours_per_week = { min = 18, max = 24 }
days_per_week = { min = 3, max = 5 }
shift_lengths = ["4h", "6h"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
max_consecutive_days = 5
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
]
cost_per_hour = 14.0
premium = { night = 0.50, sunday = 1.00, holiday = 1.00 }

[[contract]]
id = "contractor"                # comes when needed: no least hours
paid_hours_per_week = { min = 0, max = 30 }
days_per_week = { min = 0, max = 5 }
shift_lengths = ["4h", "6h"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
]
cost_per_hour = 22.0
"#;

const REST: &str = r#"
[[cover]]                        # somebody in charge whenever the lines are open
role = "supervisor"
min = 1
hours = "Mon-Fri 08:00-20:00"
"#;
