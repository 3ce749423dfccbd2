//! Each thing that can be wrong, once.

mod scenario_support;

use followsun::scenario::{Code, Memory, Severity};
use scenario_support::{AGENTS, expect, files, good, problems, rendered};

fn finds(from: &str, to: &str, expected: &[(Code, usize, &str)]) {
    expect(&files(from, to, &[]), expected);
}

/// With one more file of [staff].
fn staff(key: &str, text: &str) -> Memory {
    let line = format!("agents = \"agents.csv\"\n{key} = \"{key}.csv\"");
    files(
        "agents = \"agents.csv\"",
        &line,
        &[(&format!("{key}.csv"), text)],
    )
}

#[test]
fn the_small_scenario_has_no_problem() {
    expect(&files("", "", &[]), &[]);
}

#[test]
fn every_problem_is_found_in_one_run() {
    let text = files(
        "answered = 0.80",
        "answered = 8",
        &[(
            "agents.csv",
            "id,site,contract,languages,channels\na1,vilnus,full,en,phone;chat\na1,vilnius,full-time,en,phone\n",
        )],
    );
    let codes: Vec<Code> = problems(&text).iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            Code::BadValue,
            Code::UnknownName,
            Code::UnknownName,
            Code::DuplicateId
        ]
    );
}

#[test]
fn top_keys() {
    finds(
        "interval = \"30m\"",
        "interval = \"25m\"",
        &[(Code::BadValue, 4, "\"24m\" or \"30m\"")],
    );
    finds(
        "interval = \"30m\"",
        "interval = \"2h\"",
        &[(Code::BadValue, 4, "between 5 and 60")],
    );
    finds(
        "weeks = 1",
        "weeks = 0",
        &[(Code::BadValue, 3, "from 1 to 53")],
    );
    finds(
        "weeks = 1",
        "weeks = \"1\"",
        &[(Code::WrongType, 3, "without quotation marks")],
    );
    finds(
        "weeks = 1",
        "weeks = 1.5",
        &[(Code::WrongType, 3, "whole number")],
    );
    finds(
        "weeks = 1",
        "weeks =",
        &[(Code::TomlSyntax, 3, "a value is missing")],
    );
    finds(
        "start = 2026-10-19",
        "start = \"19.10.2026\"",
        &[(Code::BadTime, 2, "2026-10-19")],
    );
    finds(
        "start = 2026-10-19\n",
        "",
        &[(Code::MissingKey, 1, "start = 2026-10-19")],
    );
    finds(
        "Europe/Vilnius",
        "Vilnius",
        &[(Code::UnknownZone, 5, "Europe/Vilnius")],
    );
    finds("name = ", "nmae = ", &[(Code::UnknownKey, 1, "`name`")]);
    finds(
        "default = 0.08",
        "default = 8",
        &[(Code::BadValue, 15, "0.08")],
    );
    finds(
        "default = 0.08",
        "default = 1.0",
        &[(Code::BadValue, 15, "nobody at work")],
    );
    finds(
        "default = 0.08",
        "site.vilna = 0.1",
        &[(Code::UnknownName, 15, "vilnius")],
    );
    finds(
        "default = 0.08",
        "channel.mail = 0.1",
        &[(Code::UnknownName, 15, "email")],
    );
    finds(
        "history.csv",
        "histry.csv",
        &[(Code::NoFile, 9, "histry.csv")],
    );
    finds(
        "[history]\nfiles = [\"history.csv\"]\n",
        "",
        &[(Code::NoHistory, 1, "[history]")],
    );
    finds(
        "",
        "[objective]\norder = [\"servce\"]\n",
        &[(Code::UnknownName, 48, "service")],
    );
    finds(
        "",
        "[objective]\novertime = 3\norder = [\"service\", \"changes\"]\n",
        &[],
    );
    finds(
        "",
        "[objective]\novertime = \"x\"\ncost = -1\n",
        &[
            (Code::WrongType, 48, "write it like this: overtime = 10.0"),
            (Code::BadValue, 49, "write it like this: cost = 1.0"),
        ],
    );
    finds(
        "",
        "[objective]\nfairness = -1\n",
        &[(Code::BadValue, 48, "at least 0")],
    );
    finds(
        "[staff]",
        "[[staff]]",
        &[(Code::WrongType, 11, "one bracket")],
    );
    finds(
        "[[site]]",
        "[site]",
        &[
            (Code::MissingKey, 1, "[[site]]"),
            (Code::WrongType, 33, "two brackets"),
            (Code::UnknownName, 2, "no site"),
            (Code::UnknownName, 3, "no site"),
        ],
    );
}

#[test]
fn queues() {
    finds(
        "channel = \"chat\"",
        "channel = \"chatt\"",
        &[(Code::UnknownName, 28, "\"chat\"")],
    );
    finds(
        "id = \"en-chat\"",
        "id = \"en-phone\"",
        &[(Code::DuplicateId, 26, "an id of its own")],
    );
    finds(
        "id = \"en-chat\"",
        "id = \"\"",
        &[(Code::BadValue, 26, "empty")],
    );
    finds(
        "channel = \"chat\"",
        "channel = \"phone\"",
        &[(Code::BadValue, 31, "concurrency")],
    );
    finds(
        "concurrency = 3",
        "concurrency = 0",
        &[(Code::BadValue, 31, "from 1 to 20")],
    );
    finds(
        "concurrency = 3",
        "slowdown = 0.5",
        &[(Code::BadValue, 31, "at least 1")],
    );
    finds(
        "concurrency = 3",
        "handle_time_cv = -1",
        &[(Code::BadValue, 31, "at least 0")],
    );
    finds(
        "concurrency = 3",
        "hours = \"Mon-Fry 08:00-20:00\"",
        &[(Code::BadTime, 31, "Mon-Fri")],
    );
    finds(
        "concurrency = 3",
        "per = \"month\"",
        &[(Code::BadValue, 31, "\"week\"")],
    );
    finds(
        "concurrency = 3",
        "max_occupancy = 0",
        &[(Code::BadValue, 31, "above 0")],
    );
    finds(
        "concurrency = 3",
        "handle_time = \"0s\"",
        &[(Code::BadDuration, 31, "longer than nothing")],
    );
    finds(
        "concurrency = 3",
        "like = { queue = \"en-fone\" }",
        &[(Code::UnknownName, 31, "en-phone")],
    );
    finds(
        "concurrency = 3",
        "like = { queue = \"en-chat\" }",
        &[(Code::BadValue, 31, "itself")],
    );
    finds(
        "concurrency = 3",
        "like = { queue = \"en-phone\", ramp = \"10d\" }",
        &[(Code::BadDuration, 31, "whole weeks")],
    );
    finds(
        "answered = 0.80, ",
        "",
        &[(Code::MissingKey, 22, "answered")],
    );
    finds(
        "answered = 0.80",
        "answered = \"80%\"",
        &[(Code::WrongType, 22, "80% as 0.80")],
    );
}

#[test]
fn contracts() {
    let wrong = |from, to, line, words| finds(from, to, &[(Code::ImpossibleContract, line, words)]);
    wrong(
        "before = \"5h30m\"",
        "before = \"3h15m\"",
        45,
        "does not fit between",
    );
    wrong(
        "after = \"3h\", before = \"5h30m\"",
        "after = \"7h45m\"",
        45,
        "does not fit a shift of 8h",
    );
    wrong(
        "rest_between_shifts = \"11h\"",
        "rest_between_shifts = \"52h\"",
        40,
        "longer than a week",
    );
}

#[test]
fn contracts_that_cannot_be() {
    finds(
        "days_per_week = { min = 4, max = 5 }",
        "days_per_week = { min = 6, max = 5 }",
        &[(Code::BadValue, 41, "min 6 is more than max 5")],
    );
    finds(
        "days_per_week = { min = 4, max = 5 }",
        "days_per_week = { min = 4, max = 8 }",
        &[(Code::BadValue, 41, "no more than 7")],
    );
    finds(
        "days_per_week = { min = 4, max = 5 }",
        "days_per_week = { min = 4.5, max = 5 }",
        &[(Code::BadValue, 41, "whole days")],
    );
    finds(
        "shift_lengths = [\"8h\"]",
        "shift_lengths = []",
        &[(Code::BadValue, 42, "empty")],
    );
    finds(
        "shift_lengths = [\"8h\"]",
        "shift_lengths = [\"8h\", 10]",
        &[(Code::WrongType, 42, "text")],
    );
    finds(
        "shift_lengths = [\"8h\"]",
        "shift_lengths = [\"25h\"]",
        &[(Code::BadDuration, 42, "a day")],
    );
    finds(
        "every = \"30m\"",
        "every = \"0m\"",
        &[(Code::BadDuration, 43, "every")],
    );
    finds(
        "every = \"30m\"",
        "every = \"30m\", earliest = \"10:00\", latest = \"09:00\"",
        &[(Code::BadValue, 43, "before `earliest`")],
    );
    finds(
        "rest_between_shifts = \"11h\"",
        "weekends_off = { at_least = 3, of = 2 }",
        &[(Code::BadValue, 44, "too many")],
    );
    finds(
        "rest_between_shifts = \"11h\"",
        "max_consecutive_days = -1",
        &[(Code::BadValue, 44, "from 1")],
    );
    finds(
        "rest_between_shifts = \"11h\"",
        "premium = { night = 30 }",
        &[(Code::BadValue, 44, "0.30")],
    );
    finds(
        "cost_per_hour = 15.0",
        "cost_per_hour = -15.0",
        &[(Code::BadValue, 46, "at least 0")],
    );
}

#[test]
fn sites_and_holidays() {
    finds(
        "country = \"LT\"",
        "country = \"UK\"",
        &[(Code::UnknownName, 36, "\"GB\"")],
    );
    finds(
        "country = \"LT\"",
        "seats = 0",
        &[(Code::BadValue, 36, "at least 1")],
    );
    finds(
        "",
        "[[holiday]]\ndate = 2026-10-20\nname = \"x\"\n",
        &[(Code::MissingKey, 47, "country")],
    );
    let day = "[[holiday]]\ndate = 2026-10-20\nsite = \"vilnius\"\nname = \"Town day\"\n";
    let scenario = good(&files("", day, &[]));
    let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();
    assert!(scenario.sites[0].is_holiday(date));
    assert!(
        scenario.sites[0].holidays.len() > 20,
        "Lithuania's own are there too"
    );
}

#[test]
fn agents() {
    let with = |row: &str, expected: &[(Code, usize, &str)]| {
        expect(
            &files("", "", &[("agents.csv", &format!("{AGENTS}{row}\n"))]),
            expected,
        );
    };
    with(
        "a3,Cid,vilnius,fulltime,agent,en,phone,",
        &[(Code::UnknownName, 4, "full-time")],
    );
    with(
        "a3,Cid,vilnius,,agent,en,phone,",
        &[(Code::MissingKey, 4, "no contract")],
    );
    with(
        ",Cid,vilnius,full-time,agent,en,phone,",
        &[(Code::MissingKey, 4, "no id")],
    );
    with(
        "a1,Cid,vilnius,full-time,agent,en,phone,",
        &[(Code::DuplicateId, 4, "line 2")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,pl,phone,",
        &[(Code::NothingToServe, 4, "pl on phone")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,,phone,",
        &[(Code::NothingToServe, 4, "no languages")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,en:fast,phone,",
        &[
            (Code::NothingToServe, 4, "languages"),
            (Code::BadValue, 4, "de:0.8"),
        ],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,en;en,phone,",
        &[(Code::DuplicateId, 4, "once")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,en,phone,6-22",
        &[(Code::BadTime, 4, "06:00-22:00")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,en,phone,10:00-17:00",
        &[(Code::ImpossibleWindow, 4, "shorter than every shift")],
    );
    with(
        "a3,Cid,vilnius,full-time,agent,en,phone,10:10-18:20",
        &[(Code::ImpossibleWindow, 4, "no start")],
    );
    with("a3,Cid,vilnius", &[(Code::CsvRow, 4, "3 fields")]);
    with(
        "a3,Cid,vilnius,full-time,agent,en,phone,,,x",
        &[(Code::CsvRow, 4, "10 fields")],
    );
    with(
        "a3,\"Cid,vilnius,full-time,agent,en,phone,",
        &[(Code::CsvRow, 4, "never closed")],
    );
}

#[test]
fn columns_of_agents() {
    let with = |text: &str, expected: &[(Code, usize, &str)]| {
        expect(&files("", "", &[("agents.csv", text)]), expected);
    };
    with(
        "id,site,contract,language,channels\n",
        &[(Code::CsvColumns, 1, "rename it to \"languages\"")],
    );
    with(
        "id,site,contract,languages,channels,windw\na1,vilnius,full-time,en,phone;chat,\n",
        &[(Code::CsvColumns, 1, "window")],
    );
    with(
        "id,site,contract,languages,channels,until,from,cost_per_hour
a1,vilnius,full-time,en,phone;chat,2026-01-01,2026-02-01,\"14,5\"\n",
        &[
            (Code::NobodyServes, 17, "nobody"),
            (Code::NobodyServes, 25, "nobody"),
            (Code::BadTime, 2, "before `from`"),
            (Code::BadValue, 2, "14.5"),
        ],
    );
    let utf16 = files("", "", &[]).with("s/agents.csv", b"\xff\xfei\0d\0".to_vec());
    expect(&utf16, &[(Code::Encoding, 12, "UTF-16")]);
}

#[test]
fn csv_of_a_german_excel() {
    let text = "\u{feff}ID;Name;Site;Contract;Role;Languages;Channels\r
a1;\"Ann; the \"\"first\"\"\";vilnius;full-time;agent; en ;\"phone;chat\"\r
\r\n";
    let scenario = good(&files("", "", &[("agents.csv", text)]));
    assert_eq!(scenario.agents.len(), 1);
    assert_eq!(scenario.agents[0].name, "Ann; the \"first\"");
    assert_eq!(scenario.agents[0].channels.iter().count(), 2);
}

#[test]
fn absences() {
    let with = |rows: &str, expected: &[(Code, usize, &str)]| {
        expect(
            &staff(
                "absences",
                &format!("agent,start,end,reason,paid\n{rows}\n"),
            ),
            expected,
        );
    };
    with("a1,2026-10-20T00:00,2026-10-21T00:00,leave,true", &[]);
    with(
        "a1,2026-10-20T00:00,2026-10-20T00:00,,",
        &[(Code::BadTime, 2, "2026-10-21T00:00")],
    );
    with(
        "a1,20.10.2026,2026-10-21T00:00,,",
        &[(Code::BadTime, 2, "2026-10-20T08:00")],
    );
    with(
        "a1,2026-10-20T00:00Z,2026-10-21T00:00,,",
        &[(Code::BadTime, 2, "without offset")],
    );
    with(
        "a1,2026-10-20T00:00,2026-10-21T00:00,,perhaps",
        &[(Code::BadValue, 2, "true or false")],
    );
    with("a1,2026-10-20T00:00,,,", &[(Code::MissingKey, 2, "no end")]);
    with(
        "a1,2025-10-20T00:00,2025-10-21T00:00,,",
        &[(Code::OutsidePlan, 2, "2026-10-25")],
    );
    with(
        "a9,2026-10-20T00:00,2026-10-21T00:00,,",
        &[(Code::UnknownName, 2, "a9")],
    );
    with(
        "a1,2026-10-20T00:00,2026-10-22T00:00,,\na1,2026-10-21,2026-10-21,,",
        &[(Code::OverlappingAbsences, 3, "line 2")],
    );
    let unknown = staff("absences", "agent,start,end\na9,2026-10-20,2026-10-20\n");
    assert_eq!(problems(&unknown)[0].severity, Severity::Warning);
}

#[test]
fn requests() {
    let with = |rows: &str, expected: &[(Code, usize, &str)]| {
        expect(
            &staff("requests", &format!("agent,date,wants,weight\n{rows}\n")),
            expected,
        );
    };
    with("a1,2026-10-20,09:30,2", &[]);
    with("a1,2026-10-20,of,2", &[(Code::BadValue, 2, "\"off\"")]);
    with("a1,2026-10-20,off,0", &[(Code::BadValue, 2, "above 0")]);
    with("a1,2026-13-20,off,1", &[(Code::BadTime, 2, "not a date")]);
    with("a1,2027-10-20,off,1", &[(Code::OutsidePlan, 2, "outside")]);
    with("a1,,off,1", &[(Code::MissingKey, 2, "no date")]);
    with(
        "a1,2026-10-20,off,1\na1,2026-10-20,early,1",
        &[(Code::Contradiction, 3, "line 2")],
    );
}

#[test]
fn locked_shifts() {
    let with = |rows: &str, expected: &[(Code, usize, &str)]| {
        expect(
            &staff("locked", &format!("agent,start,end\n{rows}\n")),
            expected,
        );
    };
    with("a1,2026-10-20T08:00,2026-10-20T16:00", &[]);
    with("a1,2026-10-20T08:00+03:00,2026-10-20T13:00Z", &[]);
    with(
        "a1,2026-10-20T08:00,2026-10-20T17:00",
        &[(Code::LockedShift, 2, "rule shift_lengths")],
    );
    with(
        "a1,2026-10-20T08:10,2026-10-20T16:10",
        &[(Code::LockedShift, 2, "rule shift_starts")],
    );
    with(
        "a2,2026-10-20T16:00,2026-10-21T00:00",
        &[(Code::LockedShift, 2, "rule window")],
    );
    with(
        "a1,2026-10-20T08:00,2026-10-20T16:00\na1,2026-10-21T01:00,2026-10-21T09:00",
        &[(Code::LockedShift, 3, "leaves 9h of rest")],
    );
    with(
        "a1,2026-10-20T08:00,2026-10-20T16:00\na1,2026-10-20T12:00,2026-10-20T20:00",
        &[(Code::LockedShift, 3, "overlaps")],
    );
    with(
        "a1,2026-10-20T16:00,2026-10-20T08:00",
        &[(Code::BadTime, 2, "next date")],
    );
    with(
        "a1,2026-10-20,2026-10-20",
        &[(Code::BadTime, 2, "time as well"), (Code::BadTime, 2, "")],
    );
    with(
        "a1,2026-11-20T08:00,2026-11-20T16:00",
        &[(Code::OutsidePlan, 2, "previous")],
    );
    let text = "agent,start,end\na1,2026-10-20T12:00,2026-10-20T13:00\n";
    let line = "agents = \"agents.csv\"\nlocked = \"locked.csv\"\nabsences = \"absences.csv\"";
    let both = files(
        "agents = \"agents.csv\"",
        line,
        &[
            ("absences.csv", text),
            (
                "locked.csv",
                "agent,start,end\na1,2026-10-20T08:00,2026-10-20T16:00\n",
            ),
        ],
    );
    expect(&both, &[(Code::LockedShift, 2, "touches the absence")]);
}

#[test]
fn events_changes_and_hires() {
    let event = |keys: &str| {
        format!(
            "[[event]]\nname = \"e\"\nqueues = [\"en-*\"]\nfrom = 2026-10-20T08:00:00\nto = 2026-10-21T08:00:00\n{keys}\n"
        )
    };
    finds("", &event("contacts = 1.2"), &[]);
    finds(
        "",
        &event("contacts = -1"),
        &[(Code::BadValue, 52, "at least 0")],
    );
    finds(
        "",
        &event("move_to = \"en-male\""),
        &[(Code::UnknownName, 52, "en-chat")],
    );
    finds(
        "",
        &event("move_to = \"email\""),
        &[
            (Code::MatchesNothing, 52, "en-phone"),
            (Code::MatchesNothing, 52, "en-chat"),
        ],
    );
    finds(
        "",
        &event("move_to = \"chat\""),
        &[(Code::BadValue, 52, "to itself")],
    );
    finds(
        "",
        &event("contacts = 1").replace("en-*", "fr-*"),
        &[(Code::MatchesNothing, 49, "fr-*")],
    );
    finds(
        "",
        &event("contacts = 1").replace("2026-10-21", "2026-10-19"),
        &[(Code::BadTime, 51, "before it begins")],
    );
    finds(
        "",
        &event("contacts = 1").replace("2026-10-2", "2026-11-2"),
        &[(Code::OutsidePlan, 47, "after the plan")],
    );
    finds(
        "",
        "[[change]]\nqueues = \"*\"\n",
        &[(Code::MatchesNothing, 47, "changes nothing")],
    );
    finds(
        "",
        "[[change]]\nqueues = \"*\"\ncontacts = \"0.9\"\n",
        &[(Code::WrongType, 49, "write 0.9")],
    );
    let hire = |keys: &str| {
        format!(
            "[[hire]]\nid = \"h\"\nsite = \"vilnius\"\ncontract = \"full-time\"\nlanguages = [\"en\"]\nchannels = [\"phone\"]\n{keys}\n"
        )
    };
    finds("", &hire("count = 2"), &[]);
    finds("", &hire("count = -2"), &[(Code::BadValue, 53, "from 0")]);
    finds(
        "",
        &hire("count = \"sove\""),
        &[(Code::BadValue, 53, "\"solve\"")],
    );
    finds(
        "",
        &hire("count = 2\nramp = [0.5, 60]"),
        &[(Code::BadValue, 54, "0.60")],
    );
    finds(
        "",
        &hire("count = 2").replace("[\"en\"]", "[\"pl\"]"),
        &[(Code::NothingToServe, 47, "serve no queue")],
    );
}

#[test]
fn cover_and_activities() {
    finds("", "[[cover]]\nrole = \"supervisor\"\nmin = 1\n", &[]);
    finds(
        "",
        "[[cover]]\nrole = \"supervisr\"\nmin = 1\n",
        &[(Code::UnknownName, 48, "supervisor")],
    );
    finds(
        "",
        "[[cover]]\nrole = \"agent\"\n",
        &[(Code::MissingKey, 47, "min = 1")],
    );
    finds(
        "",
        "[[cover]]\nrole = \"agent\"\nmin = 1\none_per = 3\n",
        &[(Code::Contradiction, 47, "both")],
    );
    finds(
        "",
        "[[activity]]\nname = \"t\"\n",
        &[(Code::MissingKey, 47, "length")],
    );
    finds(
        "",
        "[[activity]]\nname = \"t\"\nlength = \"1h\"\nwho = { role = \"trainer\" }\n",
        &[(Code::UnknownName, 50, "trainer")],
    );
    finds(
        "",
        "[[activity]]\nname = \"t\"\nlength = \"1h\"\nwho = { agent = [\"a1\", \"b1\"] }\n",
        &[(Code::UnknownName, 50, "b1")],
    );
}

#[test]
fn people_without_queues_may_have_a_role() {
    let row = format!("{AGENTS}a3,Cid,vilnius,full-time,manager,,,\n");
    let cover = "[[cover]]\nrole = \"manager\"\nmin = 1\n";
    expect(&files("", cover, &[("agents.csv", &row)]), &[]);
}

#[test]
fn a_hire_can_serve_what_nobody_serves() {
    let text = "[[queue]]\nid = \"ja\"\nlanguage = \"ja\"\nchannel = \"phone\"\ntime_zone = \"Asia/Tokyo\"\ntarget = { answered = 0.8, within = \"20s\" }\n";
    finds(
        "",
        text,
        &[(Code::NobodyServes, 47, "nobody speaks \"ja\"")],
    );
    let hire = "[[hire]]\nid = \"h\"\ncount = \"solve\"\nsite = \"vilnius\"\ncontract = \"full-time\"\nlanguages = [\"ja\"]\nchannels = [\"phone\"]\n";
    finds("", &format!("{text}{hire}"), &[]);
}

#[test]
fn a_scenario_that_is_not_there() {
    assert!(rendered(&Memory::default()).starts_with("error[no-file]: there is no scenario s\n"));
}
