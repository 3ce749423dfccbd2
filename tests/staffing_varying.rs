//! Rules of thumb for a varying load, against golden plans.

mod golden_table;

use followsun::staffing::*;
use golden_table::Table;

#[test]
fn plans_of_the_rules() {
    let mut used = 0;
    for row in Table::read("transient/summary").rows() {
        let numbers = |column: &str| -> Vec<f64> {
            row.text(column)
                .split(' ')
                .map(|x| x.parse().unwrap())
                .collect()
        };
        let rule = match row.text("plan") {
            "sipp" => RateRule::Sipp,
            "lag_sipp_avg" => RateRule::LagSipp,
            "mol_avg" => RateRule::OfferedLoadMean,
            "mol_max" => RateRule::OfferedLoadMax,
            _ => continue,
        };
        let target = Target {
            min_staff: 1,
            ..Target::answered(0.8, row.number("T"))
        };
        let (interval_s, handle_time_s) = (row.number("L"), row.number("aht"));
        let agents = staff_day(
            &numbers("calls"),
            interval_s,
            handle_time_s,
            row.some("patience"),
            &target,
            rule,
        )
        .unwrap();
        let golden: Vec<u32> = numbers("ns").iter().map(|&n| n as u32).collect();
        assert_eq!(agents, golden, "{}", row.text("plan"));
        used += 1;
    }
    assert_eq!(used, 10);
}

#[test]
fn backlog_and_stationary_columns() {
    let table = Table::read("transient/ex3_overload_backlog_noab__given__finish");
    let (contacts, agents): (Vec<f64>, Vec<u32>) = table
        .rows()
        .map(|r| (r.number("calls"), r.count("n")))
        .unzip();
    let levels = backlog_service_levels(&contacts, &agents, 900.0, 240.0, 20.0).unwrap();
    for (i, row) in table.rows().enumerate() {
        row.close("sl_sbc", levels[i], 1e-9);
        let load = LiveLoad::per_interval(contacts[i], 900.0, 240.0, None);
        row.close(
            "sl_stationary",
            erlang_a(agents[i], &load, 20.0).answered_in_time,
            1e-9,
        );
    }
}
