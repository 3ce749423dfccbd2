//! `scenarios/meridian`: three continents around the clock.

use chrono::{NaiveDate, NaiveDateTime};

use crate::generate::{
    Leave, Lost, Market, Origin, QueueRecipe, Recipe, Shape, SiteRecipe, StaffGroup,
};

pub fn recipe() -> Recipe<'static> {
    let site = SiteRecipe {
        id: "vilnius",
        zone: "Europe/Vilnius",
        country: "LT",
        hours: None,
        seats: None,
    };
    Recipe {
        folder: "meridian",
        name: "Meridian Travel",
        about: ABOUT,
        seed: 2,
        start: NaiveDate::from_ymd_opt(2026, 10, 19).expect("a valid date"),
        weeks: 1,
        interval_minutes: 30,
        zone: "Europe/Vilnius",
        currency: "EUR",
        history_weeks: 20,
        shrinkage: "default = 0.08\nsite = { manila = 0.10 }         # the rainy season makes commutes uncertain",
        queues: queues(),
        sites: vec![
            site.clone(),
            SiteRecipe {
                id: "manila",
                zone: "Asia/Manila",
                country: "PH",
                ..site.clone()
            },
            SiteRecipe {
                id: "bogota",
                zone: "America/Bogota",
                country: "CO",
                seats: Some(14),
                ..site
            },
        ],
        contracts: CONTRACTS,
        rest: REST,
        staff: staff(),
        leave: Leave {
            one_day: 0.10,
            whole_week: 0.03,
            wishes: 0.4,
        },
    }
}

fn queues() -> Vec<QueueRecipe<'static>> {
    let english = Market {
        language: "en",
        zone: "Europe/London",
        country: "GB",
    };
    let spanish = Market {
        language: "es",
        zone: "America/Bogota",
        country: "CO",
    };
    let polish = Market {
        language: "pl",
        zone: "Europe/Warsaw",
        country: "PL",
    };
    let lithuanian = Market {
        language: "lt",
        zone: "Europe/Vilnius",
        country: "LT",
    };
    let portuguese = Market {
        language: "pt",
        zone: "America/Sao_Paulo",
        country: "BR",
    };
    let japanese = Market {
        language: "ja",
        zone: "Asia/Tokyo",
        country: "JP",
    };
    let consumer = |queue: QueueRecipe<'static>| QueueRecipe {
        shape: Shape::CONSUMER,
        growth: 0.006,
        ..queue
    };
    let polish_hours = "Mon-Fri 08:00-20:00, Sat 10:00-16:00";
    let brazilian_hours = "Mon-Sat 08:00-20:00";
    vec![
        QueueRecipe {
            promise: "target = { answered = 0.80, within = \"20s\" }\npatience = \"2m30s\"\nmin_staff = 2                    # never one person alone on the main line\npriority = 1.5",
            // Half the callers live in America: nights are less quiet than London's clock says.
            shape: Shape::CONSUMER,
            ..english.phone("en-phone", "24/7", 2300.0, 320.0)
        },
        consumer(english.chat("en-chat", "24/7", 2800.0, 640.0)),
        english.email("en-email", "24/7", 1350.0, 420.0),
        consumer(spanish.phone("es-phone", "24/7", 1200.0, 330.0)),
        consumer(spanish.chat("es-chat", "07:00-23:00", 1300.0, 640.0)),
        spanish.email("es-email", "24/7", 520.0, 420.0),
        QueueRecipe {
            lost: Some(Lost {
                from: noon(2026, 7, 14),
                until: noon(2026, 7, 16),
            }),
            ..polish.phone("pl-phone", polish_hours, 630.0, 320.0)
        },
        polish.chat("pl-chat", polish_hours, 500.0, 640.0),
        polish.email("pl-email", polish_hours, 350.0, 420.0),
        lithuanian.phone("lt-phone", "Mon-Fri 08:00-20:00", 540.0, 300.0),
        lithuanian.email("lt-email", "Mon-Fri 08:00-20:00", 270.0, 400.0),
        portuguese.phone("pt-phone", brazilian_hours, 390.0, 340.0),
        portuguese.chat("pt-chat", brazilian_hours, 290.0, 650.0),
        portuguese.email("pt-email", brazilian_hours, 230.0, 420.0),
        QueueRecipe {
            promise: "target = { answered = 0.85, within = \"20s\" }\nmax_abandoned = 0.05\npatience = \"2m\"",
            ..japanese.phone("ja-phone", "09:00-21:00", 410.0, 380.0)
        },
        japanese.email("ja-email", "09:00-21:00", 240.0, 450.0),
    ]
}

fn noon(year: i32, month: u32, day: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|date| date.and_hms_opt(12, 0, 0))
        .expect("a valid date")
}

fn staff() -> Vec<StaffGroup<'static>> {
    use Origin::{Brazil, Britain, Colombia, Japan, Lithuania, Philippines, Poland, Spain};
    let group = |count, site, languages, origins| StaffGroup {
        count,
        site,
        contract: "full-time",
        role: "agent",
        languages,
        channels: "phone;chat;email",
        window: "",
        origins,
    };
    let role = |role, group: StaffGroup<'static>| StaffGroup { role, ..group };
    let contract = |contract, channels, window, group: StaffGroup<'static>| StaffGroup {
        contract,
        channels,
        window,
        ..group
    };
    let vilnius = |count, languages, origins| group(count, "vilnius", languages, origins);
    let manila = |count, languages, origins| group(count, "manila", languages, origins);
    let bogota = |count, languages, origins| group(count, "bogota", languages, origins);
    vec![
        role("supervisor", vilnius(2, "en;lt", &[Lithuania])),
        role("supervisor", vilnius(1, "pl;en", &[Poland])),
        vilnius(6, "en;lt", &[Lithuania, Lithuania, Britain]),
        contract(
            "full-time",
            "phone;email",
            "06:00-22:00",
            vilnius(4, "lt;en:0.9", &[Lithuania]),
        ),
        contract(
            "full-time",
            "phone;email",
            "06:00-22:00",
            vilnius(3, "lt;pl", &[Poland, Lithuania]),
        ),
        vilnius(5, "pl;en", &[Poland]),
        contract(
            "part-time",
            "phone;chat",
            "07:00-21:00",
            vilnius(3, "pl", &[Poland]),
        ),
        vilnius(3, "es;en", &[Spain]),
        contract(
            "part-time",
            "chat;email",
            "14:00-00:00",
            vilnius(2, "en;lt", &[Lithuania]),
        ),
        contract(
            "contractor",
            "phone;email",
            "06:00-22:00",
            vilnius(1, "pl;lt", &[Lithuania]),
        ),
        contract(
            "contractor",
            "phone;chat;email",
            "",
            vilnius(2, "en", &[Britain]),
        ),
        role("supervisor", manila(2, "en", &[Philippines])),
        role("supervisor", manila(1, "ja;en", &[Japan])),
        manila(7, "en", &[Philippines]),
        contract(
            "full-time",
            "chat;email",
            "",
            manila(3, "en", &[Philippines]),
        ),
        contract(
            "full-time",
            "phone;email",
            "06:00-22:00",
            manila(7, "ja;en:0.9", &[Japan, Philippines]),
        ),
        contract(
            "part-time",
            "phone;email",
            "07:00-21:00",
            manila(2, "ja", &[Japan]),
        ),
        contract(
            "contractor",
            "phone;chat;email",
            "",
            manila(2, "en", &[Philippines]),
        ),
        role("supervisor", bogota(2, "es;en", &[Colombia])),
        bogota(6, "es;en", &[Colombia]),
        bogota(3, "es;pt:0.85", &[Colombia]),
        contract(
            "nights",
            "phone;chat;email",
            "20:00-08:00",
            bogota(3, "es;en", &[Colombia]),
        ),
        contract(
            "full-time",
            "phone;chat;email",
            "05:00-21:00",
            bogota(6, "pt;es", &[Brazil, Colombia]),
        ),
        contract(
            "part-time",
            "phone;chat",
            "05:00-19:00",
            bogota(2, "pt;en:0.9", &[Brazil]),
        ),
        contract("part-time", "chat;email", "", bogota(2, "es", &[Colombia])),
    ]
}

const ABOUT: &str = "
A travel company that never closes: Vilnius, Manila and Bogotá hand the work on with the sun, in six languages. Europe
sets its clocks back in this week (Sunday, 25 October), America and Asia do not. Some queues have shorter hours, Bogotá has
fewer chairs than people, and a campaign runs from Wednesday to Friday. Nights are a little short of people on purpose:
the report says where.

All names and numbers are made up (cargo run --release --example generate_scenarios).";

const CONTRACTS: &str = r#"
[[contract]]
id = "full-time"
paid_hours_per_week = { min = 32, max = 40 }
days_per_week = { min = 4, max = 5 }
shift_lengths = ["8h30m", "10h30m"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
max_consecutive_days = 6
max_nights_per_week = 4
max_consecutive_nights = 3
overtime = { max_hours = 2, factor = 1.5 }
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" },
  { name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h30m", if_shift_over = "7h45m" },
]
cost_per_hour = 14.0
premium = { night = 0.30, sunday = 0.50, holiday = 1.00 }   # on top of the hour's cost; night is 22:00 to 06:00

[[contract]]
id = "nights"                    # people who chose to work at night: no limit on nights, but few shifts
paid_hours_per_week = { min = 32, max = 40 }
days_per_week = { min = 4, max = 4 }
shift_lengths = ["8h30m", "10h30m"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
max_consecutive_days = 4
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" },
  { name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h30m", if_shift_over = "7h45m" },
]
cost_per_hour = 15.0
premium = { night = 0.30, sunday = 0.50, holiday = 1.00 }

[[contract]]
id = "part-time"
paid_hours_per_week = { min = 18, max = 24 }
days_per_week = { min = 3, max = 5 }
shift_lengths = ["4h", "6h", "8h"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
max_consecutive_days = 5
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
  { name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h15m", if_shift_over = "7h45m" },
]
cost_per_hour = 13.0
premium = { night = 0.30, sunday = 0.50, holiday = 1.00 }

[[contract]]
id = "contractor"                # comes when needed: no least hours
paid_hours_per_week = { min = 0, max = 36 }
days_per_week = { min = 0, max = 6 }
shift_lengths = ["4h", "6h", "8h"]
shift_starts = { every = "30m" }
rest_between_shifts = "10h"
max_consecutive_days = 6
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h", if_shift_over = "5h45m" },
]
cost_per_hour = 21.0
"#;

const REST: &str = r#"
[[cover]]                        # at every hour somebody in charge is on shift at one of the sites
role = "supervisor"
min = 1
hours = "24/7"

[[holiday]]                      # not in the country's list, so it is written here: the site pays its holiday premium
date = 2026-10-23
site = "manila"
name = "Founders' day"

[[event]]
name = "Autumn city breaks"
queues = ["en-*", "es-phone"]
from = 2026-10-21T08:00:00       # on each queue's own clock
to = 2026-10-23T20:00:00
contacts = 1.25
"#;
