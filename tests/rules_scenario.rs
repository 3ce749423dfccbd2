//! Rules as they are written: each key, each way to write it wrongly, law packs, and the balance.

mod scenario_support;

use followsun::scenario::Code;
use followsun::scenario::domain::{
    Counted, Mark, PairNeed, Period, Protection, RestAfterNights, Strictness,
};
use followsun::scenario::understood;
use scenario_support::{expect, files, good, rendered};

/// The small scenario with more lines in its contract.
fn contract(lines: &str) -> followsun::scenario::Memory {
    files(
        "cost_per_hour = 15.0",
        &format!("cost_per_hour = 15.0\n{lines}"),
        &[],
    )
}

/// The line after the contract's last one.
const NEXT: usize = 47;

#[test]
fn the_rarer_rules_are_read() {
    let scenario = good(&contract(
        r#"max_paid_hours_per_day = 9.5
weekly_rest = "35h"
long_rest = { at_least = "36h", in_any = "8d" }
work_without_break = { at_most = "5h", break_of = "15m" }
daily_overtime = [{ after = "8h", factor = 1.5 }, { after = "9h30m", factor = 2 }]
rest_after_nights = { in_a_row = 3, rest = "48h" }
night_work = false
limits = [
  { count = "nights", at_most = 8, in_any = "4w" },
  { count = "hours", at_least = 10, at_most = 37.5, per = "week", weight = 20 },
]
average_hours = { at_most = 48, over = "17w" }
forward_rotation = 25
pattern = ["EEDDL--", "NW?----"]
pattern_from = 2026-01-05
same_start_over_weeks = "3h""#,
    ));
    let terms = &scenario.contracts[0].terms;
    assert_eq!(terms.max_paid_minutes_per_day, Some(570));
    assert_eq!(terms.weekly_rest, Some(35 * 60));
    let long_rest = terms.long_rest.map(|rule| (rule.rest, rule.days));
    assert_eq!(long_rest, Some((36 * 60, 8)));
    let work = terms.work_without_break;
    assert_eq!(
        work.map(|rule| (rule.at_most, rule.break_of)),
        Some((300, 15))
    );
    let steps = terms.daily_overtime.iter();
    assert_eq!(
        steps
            .map(|step| (step.after, step.factor))
            .collect::<Vec<_>>(),
        [(480, 1.5), (570, 2.0)]
    );
    let rest = 48 * 60;
    assert_eq!(
        terms.rest_after_nights,
        Some(RestAfterNights { in_a_row: 3, rest })
    );
    assert_eq!(terms.night_work, Some(false));
    assert_eq!(terms.sunday_work, None);
    assert_eq!(terms.limits[0].counted, Counted::Nights);
    assert_eq!(terms.limits[0].period, Period::AnyDays(28));
    assert_eq!(terms.limits[0].strictness, Strictness::Hard);
    assert_eq!(terms.limits[1].at_most, Some(2250));
    assert_eq!(terms.limits[1].at_least, Some(600));
    assert_eq!(terms.limits[1].strictness, Strictness::Soft(20.0));
    assert_eq!(terms.average_hours.map(|average| average.weeks), Some(17));
    assert_eq!(terms.forward_rotation, Some(Strictness::Soft(25.0)));
    let pattern = terms.pattern.as_ref().expect("a pattern");
    assert_eq!(pattern.weeks[1][..3], [Mark::Night, Mark::Work, Mark::Open]);
    assert_eq!(terms.same_start_over_weeks, Some(180));
    let words = understood(&scenario);
    for part in [
        "at most 9h30m paid a day",
        "35h rest once a week",
        "36h rest in any 8 days",
        "at most 5h without a break of 15m",
        "hours of a day beyond 9h30m at 2 times the rate",
        "48h rest after 3 nights in a row",
        "no work at night",
        "at most 8 nights in any 28 days",
        "at most 48h a week on average over 17 weeks",
        "(or 25 a step)",
        "a pattern of 2 weeks",
    ] {
        assert!(words.contains(part), "no \"{part}\" in:\n{words}");
    }
}

#[test]
fn what_is_written_wrongly_is_said_with_a_remedy() {
    let wrong = [
        ("weekly_rest = \"11h\"", Code::BadDuration, "a day or more"),
        (
            "long_rest = { at_least = \"12h\", in_any = \"7d\" }",
            Code::BadDuration,
            "a day or more of the 7 days",
        ),
        (
            "long_rest = { at_least = \"35h\" }",
            Code::MissingKey,
            "no `in_any`",
        ),
        (
            "work_without_break = { break_of = \"15m\" }",
            Code::MissingKey,
            "no `at_most`",
        ),
        (
            "daily_overtime = [{ after = \"8h\", factor = 1.5 }, { after = \"8h\", factor = 2 }]",
            Code::BadValue,
            "from fewer hours to more",
        ),
        (
            "daily_overtime = [{ after = \"8h\", factor = 0.5 }]",
            Code::BadValue,
            "factor",
        ),
        ("max_paid_hours_per_day = 25", Code::BadValue, "at most 24"),
        (
            "rest_after_nights = { in_a_row = 2 }",
            Code::MissingKey,
            "no `rest`",
        ),
        (
            "limits = [{ count = \"night\", at_most = 2, per = \"week\" }]",
            Code::UnknownName,
            "did you mean \"nights\"",
        ),
        (
            "limits = [{ count = \"nights\", at_most = 2 }]",
            Code::MissingKey,
            "no period",
        ),
        (
            "limits = [{ count = \"nights\", per = \"week\" }]",
            Code::MissingKey,
            "neither",
        ),
        (
            "limits = [{ count = \"nights\", at_most = 2, per = \"year\" }]",
            Code::BadValue,
            "in_any",
        ),
        (
            "limits = [{ count = \"nights\", at_least = 2, in_any = \"9d\" }]",
            Code::BadValue,
            "begins and ends",
        ),
        (
            "limits = [{ count = \"nights\", at_most = 2.5, per = \"week\" }]",
            Code::BadValue,
            "whole number of nights",
        ),
        (
            "limits = [{ count = \"nights\", at_most = 2, per = \"week\", in_any = \"9d\" }]",
            Code::Contradiction,
            "both",
        ),
        (
            "limits = [{ count = \"days\", at_most = 2, at_least = 3, per = \"week\" }]",
            Code::Contradiction,
            "more than",
        ),
        (
            "limits = [{ count = \"days\", at_most = 2, in_any = \"9h\" }]",
            Code::BadDuration,
            "whole days",
        ),
        (
            "average_hours = { at_most = 48, over = \"10d\" }",
            Code::BadDuration,
            "weeks",
        ),
        ("pattern = [\"EEEEE--\"]", Code::MissingKey, "pattern_from"),
        (
            "pattern = [\"EEEE--\"]\npattern_from = 2026-01-05",
            Code::BadValue,
            "seven marks",
        ),
        (
            "pattern = [\"EEEEX--\"]\npattern_from = 2026-01-05",
            Code::BadValue,
            "seven marks",
        ),
        ("forward_rotation = -1", Code::BadValue, "above 0"),
        ("forward_rotation = \"yes\"", Code::WrongType, "true"),
    ];
    for (line, code, words) in wrong {
        expect(&contract(line), &[(code, NEXT, words)]);
    }
}

#[test]
fn covers_count_skills_and_seniority() {
    let scenario = good(&files(
        "",
        "\n[[cover]]\nlanguage = \"lt\"\nchannel = \"chat\"\nmin = 1\n\n[[cover]]\nseniority = 2\nmax = 3\n",
        &[],
    ));
    let matching = |cover: usize| -> Vec<bool> {
        let who = scenario.cover[cover].who;
        scenario
            .agents
            .iter()
            .map(|agent| who.matches(agent))
            .collect()
    };
    assert_eq!(matching(0), [false, true]);
    assert_eq!(matching(1), [false, false]);
    assert_eq!(
        scenario.cover[0].who.words(&scenario),
        "somebody in lt on chat"
    );
    expect(
        &files("", "\n[[cover]]\nmin = 1\n", &[]),
        &[(Code::MissingKey, NEXT + 1, "role = \"supervisor\"")],
    );
    expect(
        &files("", "\n[[cover]]\nrole = \"agent\"\nmin = 1\nmax = 2\n", &[]),
        &[(Code::Contradiction, NEXT + 1, "only one of")],
    );
}

#[test]
fn pairs_are_read_and_checked() {
    let scenario = good(&files(
        "",
        "\n[[pair]]\nagents = [\"a1\", \"a2\"]\napart = true\n\n[[pair]]\nagents = \"a1\"\nwith = [\"a2\"]\nweight = 30\n",
        &[],
    ));
    assert_eq!(scenario.pairs[0].need, PairNeed::Apart);
    assert_eq!(scenario.pairs[1].strictness, Strictness::Soft(30.0));
    let words = understood(&scenario);
    assert!(
        words.contains("a1, a2: at most one of them on shift at once"),
        "{words}"
    );
    assert!(
        words.contains("a1: only while one of a2 is on shift (or 30 an hour)"),
        "{words}"
    );
    let wrong = [
        (
            "agents = [\"a1\"]\napart = true",
            Code::BadValue,
            1,
            "two people",
        ),
        ("agents = [\"a1\"]", Code::MissingKey, 1, "neither"),
        (
            "agents = [\"a1\"]\nwith = \"a9\"",
            Code::UnknownName,
            3,
            "a9",
        ),
        ("apart = true", Code::MissingKey, 1, "no `agents`"),
    ];
    for (lines, code, line, words) in wrong {
        let found = files("", &format!("\n[[pair]]\n{lines}\n"), &[]);
        let text = rendered(&found);
        assert!(text.contains(&format!("error[{}]", code.name())), "{text}");
        assert!(text.contains(&format!(":{}:", NEXT + line)), "{text}");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn people_have_protections_and_a_place_in_the_pattern() {
    let agents = "id,site,contract,languages,channels,protection,pattern_week
a1,vilnius,full-time,en,phone;chat,minor;no-overtime,2
a2,vilnius,full-time,en,phone;chat,,
";
    let scenario = good(&files("", "", &[("agents.csv", agents)]));
    assert_eq!(
        scenario.agents[0].protection,
        [Protection::Minor, Protection::NoOvertime]
    );
    assert_eq!(scenario.agents[0].pattern_ahead, 1);
    assert_eq!(scenario.agents[1].pattern_ahead, 0);
    let text = rendered(&files(
        "",
        "",
        &[("agents.csv", &agents.replace("minor;", "miner;"))],
    ));
    assert!(text.contains("did you mean \"minor\"?"), "{text}");
    assert!(text.contains("agents.csv:2:"), "{text}");
}

#[test]
fn the_balance_is_read_and_checked() {
    let with = |rows: &str| {
        files(
            "agents = \"agents.csv\"",
            "agents = \"agents.csv\"\nbalance = \"balance.csv\"",
            &[(
                "balance.csv",
                &format!("agent,week,paid_hours,nights,weekend_days,unpopular_starts\n{rows}"),
            )],
        )
    };
    let scenario = good(&with(
        "a1,2026-10-12,37.5,2,1,0\na1,2026-10-05,40,0,0,1\na1,2026-10-19,40,0,0,0\n",
    ));
    // In order, and the plan's own week is planned anew.
    assert_eq!(scenario.balance.len(), 2);
    assert_eq!(scenario.balance[1].paid_minutes, 2250);
    assert_eq!(scenario.balance[1].nights, 2);
    let text = rendered(&with(
        "a1,2026-10-12,40,0,0,0\na1,2026-10-12,41,0,0,0\na2,12.10.,1,0,0,0\n",
    ));
    assert!(text.contains("is there twice"), "{text}");
    assert!(text.contains("is not a date"), "{text}");
}

const LAWS: [&str; 10] = [
    "EU", "LT", "LV", "PL", "GR", "DE", "PH", "CO", "US", "US-CA",
];

fn site_under(law: &str) -> followsun::scenario::Memory {
    files(
        "country = \"LT\"",
        &format!("country = \"LT\"\nlaw = \"{law}\""),
        &[],
    )
}

#[test]
fn every_pack_is_read_without_a_fault_and_names_its_sources() {
    for id in LAWS {
        let scenario = good(&site_under(id));
        let law = scenario.sites[0].law.as_ref().expect("a law");
        assert_eq!(law.id, id);
        assert!(!law.name.is_empty());
        for rule in &law.rules {
            assert!(rule.source.len() > 8, "{id}: {rule:?}");
            let asked = format!("{:?}", rule.asks);
            let nothing = format!("{:?}", followsun::scenario::domain::LawTerms::default());
            assert_ne!(asked, nothing, "{id}: {}", rule.source);
        }
        assert!(understood(&scenario).contains("no legal advice"));
    }
    let text = rendered(&site_under("UK"));
    assert!(text.contains("there is no law pack \"UK\""), "{text}");
    assert!(
        text.contains("Known: EU, LT") || text.contains("known: EU, LT"),
        "{text}"
    );
}

/// Golden values from the acts themselves.
#[test]
fn packs_say_what_the_acts_say() {
    let law = |id: &str| good(&site_under(id)).sites[0].law.clone().expect("a law");
    let rest = |id: &str| {
        law(id)
            .rules
            .iter()
            .filter(|rule| rule.who.is_none())
            .find_map(|rule| rule.asks.rest_between_shifts)
    };
    let weekly = |id: &str| {
        let rules = law(id).rules;
        let mut common = rules.iter().filter(|rule| rule.who.is_none());
        common.find_map(|rule| rule.asks.terms.weekly_rest)
    };
    for id in ["EU", "LT", "PL", "GR", "DE"] {
        assert_eq!(rest(id), Some(11 * 60), "{id}");
        assert_eq!(weekly(id), Some(35 * 60), "{id}");
    }
    assert_eq!((rest("LV"), weekly("LV")), (Some(12 * 60), Some(42 * 60)));
    assert_eq!((rest("US"), weekly("US")), (None, None));
    let factor = |id: &str| {
        law(id)
            .rules
            .iter()
            .find_map(|rule| rule.asks.overtime_factor)
    };
    assert_eq!((factor("US"), factor("PH")), (Some(1.5), Some(1.25)));
    let after = |id: &str| {
        law(id)
            .rules
            .iter()
            .find_map(|rule| rule.asks.overtime_after)
    };
    assert_eq!((after("CO"), after("US")), (Some(42 * 60), Some(40 * 60)));
}

#[test]
fn a_contract_looser_than_its_sites_law_is_named_with_key_value_source_and_remedy() {
    let found = files(
        "rest_between_shifts = \"11h\"",
        "rest_between_shifts = \"10h\"\nmax_consecutive_days = 7\novertime = { max_hours = 8, factor = 1.2 }\npremium = { night = 0.5, holiday = 1.0 }",
        &[],
    );
    let lawful = |law: &str| {
        let text =
            found_text(&found).replace("country = \"LT\"", &format!("country = \"LT\"\n{law}"));
        files("", "", &[("scenario.toml", &text)])
    };
    assert_eq!(rendered(&lawful("")), "");
    let text = rendered(&lawful("law = \"LT\""));
    for part in [
        "warning[looser-than-law]: contract \"full-time\" is looser than the law of site \"vilnius\" (Lithuania): it has 10h of rest between shifts, the law 11h (Labour Code (Darbo kodeksas), article 122)",
        "write rest_between_shifts = \"11h\" (no legal advice)",
        "it has 7 days in a row, the law 6",
        "it has overtime at 1.2 times the rate, the law at 1.5",
        "rest_between_shifts = \"10h\"",
    ] {
        assert!(text.contains(part), "no \"{part}\" in:\n{text}");
    }
    assert_eq!(text.matches("warning[").count(), 3, "{text}");
    // What the contract leaves open is the law's, and said.
    let words = understood(&good(&lawful("law = \"LT\"")));
    assert!(
        words.contains("35h rest once a week (Labour Code, article 122)"),
        "{words}"
    );
}

#[test]
fn days_are_held_against_the_law() {
    let under = |law: &str, shift: &str| {
        let long = files("shift_lengths = [\"8h\"]", shift, &[]);
        let text = found_text(&long).replace(
            "country = \"LT\"",
            &format!("country = \"LT\"\nlaw = \"{law}\""),
        );
        rendered(&files("", "", &[("scenario.toml", &text)]))
    };
    let text = under("US-CA", "shift_lengths = [\"8h\", \"11h\"]");
    for part in [
        "it has hours of a day beyond 8h at 1 times the rate, the law at 1.5 (California Labor Code § 510(a))",
        "write daily_overtime = [{ after = \"8h\", factor = 1.5 }, { after = \"12h\", factor = 2 }]",
    ] {
        assert!(text.contains(part), "no \"{part}\" in:\n{text}");
    }
    let paid = "shift_lengths = [\"11h\"]\ndaily_overtime = [{ after = \"8h\", factor = 1.5 }]";
    assert!(!under("US-CA", paid).contains("of a day beyond"));
    assert!(!under("US-CA", "shift_lengths = [\"8h\"]").contains("of a day beyond"));
    // The meal may be over after three and a half hours of eleven.
    let text = under("DE", "shift_lengths = [\"11h\"]");
    assert!(
        text.contains("it has up to 7h30m of work without a break, the law 6h"),
        "{text}"
    );
    assert!(!under("DE", "shift_lengths = [\"8h\"]").contains("without a break"));
    let text = under(
        "PH",
        "shift_lengths = [\"8h\"]\nlong_rest = { at_least = \"24h\", in_any = \"9d\" }",
    );
    assert!(
        text.contains("it has 24h of rest in any 9 days, the law 24h of rest in any 7 days"),
        "{text}"
    );
}

fn found_text(files: &followsun::scenario::Memory) -> String {
    use followsun::scenario::Files;
    let bytes = files.read(std::path::Path::new("s/scenario.toml"));
    String::from_utf8(bytes.expect("the scenario")).expect("text")
}

#[test]
fn breaks_are_held_against_the_law() {
    let without = files(
        "breaks = [{ name = \"meal\", length = \"30m\", after = \"3h\", before = \"5h30m\", if_shift_over = \"6h\" }]\n",
        "",
        &[],
    );
    let text =
        found_text(&without).replace("country = \"LT\"", "country = \"LT\"\nlaw = \"US-CA\"");
    let text = rendered(&files("", "", &[("scenario.toml", &text)]));
    assert!(
        text.contains("a shift of 8h has 0m of breaks, and the law asks for 50m"),
        "{text}"
    );
    assert!(text.contains("California Labor Code § 512"), "{text}");
    // A meal that may end after five and a half hours begins too late.
    let late = files("before = \"5h30m\"", "before = \"7h\"", &[]);
    let text = found_text(&late).replace("country = \"LT\"", "country = \"LT\"\nlaw = \"DE\"");
    let text = rendered(&files("", "", &[("scenario.toml", &text)]));
    assert!(
        text.contains("no break of 30m that has ended 6h30m after its start"),
        "{text}"
    );
}
