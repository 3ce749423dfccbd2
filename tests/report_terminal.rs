//! What is printed after planning.

mod sample_plan;

use followsun::report::terminal_summary;
use followsun::results::PlanResults;
use sample_plan::small_plan;

#[test]
fn the_whole_summary_of_a_small_plan() {
    assert_eq!(
        terminal_summary(&small_plan()),
        "\
Small, Mon 19 – Sun 25 Oct 2026 (Europe/Vilnius)
en-phone meets its target.

queue     target            simulated    95 % interval  verdict           wait  hung up    busy
en-phone  80 % within 20 s     81.0 %  79.0 % - 83.0 %  ✓ holds narrowly  11 s    5.0 %  50.0 %

cost    EUR 334.50, no plan can be more than 0.5 % better, wages and service together
roster  1 of 2 people, 1 shift, 8 paid hours; proven optimal: no roster is cheaper by 0.1 %

Not met (1):
  - a1: off, Sat 24 Oct
    nobody else speaks en
"
    );
}

#[test]
fn verdicts_follow_the_interval() {
    let verdict = |low: f64, simulated: f64, high: f64| {
        let mut plan = small_plan();
        let summary = &mut plan.queues[0].summary;
        (summary.low, summary.simulated, summary.high) = (low, simulated, high);
        let text = terminal_summary(&plan);
        text.lines()
            .find(|line| line.starts_with("en-phone  "))
            .unwrap()
            .to_owned()
    };
    assert!(verdict(0.81, 0.82, 0.83).contains("✓ holds  "));
    assert!(verdict(0.80, 0.82, 0.83).contains("✓ holds  "));
    assert!(verdict(0.79, 0.80, 0.83).contains("✓ holds narrowly"));
    assert!(verdict(0.78, 0.79, 0.80).contains("≈ may miss"));
    assert!(verdict(0.70, 0.71, 0.72).contains("✗ short by 9.0 points"));
    assert!(verdict(f64::NAN, f64::NAN, f64::NAN).contains("nothing to do"));
}

#[test]
fn a_gap_is_never_understated() {
    let line = |objective: f64, bound: f64| {
        let mut plan = small_plan();
        (plan.summary.objective, plan.summary.bound) = (objective, bound);
        let text = terminal_summary(&plan);
        text.lines()
            .find(|line| line.starts_with("cost"))
            .unwrap()
            .to_owned()
    };
    assert!(line(101.21, 100.0).contains("no plan can be more than 1.2 % better"));
    assert!(line(100.0, 100.0).ends_with("no better plan exists"));
    assert!(line(100.0, 0.0).ends_with("not yet known how much better a plan could be"));
}

#[test]
fn the_headline_names_what_is_missed() {
    let mut plan = small_plan();
    let mut late = plan.queues[0].clone();
    late.id = "lv-phone".into();
    (late.summary.low, late.summary.simulated, late.summary.high) = (0.5, 0.6, 0.7);
    plan.queues.push(late);
    let headline = |plan: &PlanResults| terminal_summary(plan).lines().nth(1).unwrap().to_owned();
    assert_eq!(
        headline(&plan),
        "1 of 2 queues meet their target; lv-phone does not."
    );
    plan.queues.remove(0);
    assert_eq!(headline(&plan), "lv-phone does not meet its target.");
}

/// Hours on end that are far below are told as one, queues by how many contacts come too late; an hour that the clock repeats is one hour.
#[test]
fn the_weakest_hours_are_told_though_the_week_holds() {
    let weakest = |answered: &[f64]| -> Vec<String> {
        let mut plan = small_plan();
        plan.grid.len = answered.len();
        let queue = &mut plan.queues[0];
        queue.service = (answered.iter())
            .map(|&answered_within| {
                let mut point = queue.service[0];
                (point.offered, point.answered_within) = (10.0, answered_within);
                point
            })
            .collect();
        let text = terminal_summary(&plan);
        assert!(text.contains("✓ holds"));
        (text.lines())
            .filter(|line| line.contains("contacts in time"))
            .map(str::to_owned)
            .collect()
    };
    // The grid begins at the second half of 03:00 in summer time, which comes again.
    assert_eq!(
        weakest(&[3.0, 4.0, 5.0, 2.0, 2.0, 9.0, 9.0, 1.0]),
        ["weakest en-phone on Sun 25 Oct 03:00-05:00: 32.0 % of 50 contacts in time"]
    );
    assert_eq!(
        weakest(&[8.0, 8.0, 8.0, 9.0, 9.0, 1.0]),
        ["weakest en-phone on Sun 25 Oct 05:00-06:00: 10.0 % of 10 contacts in time"]
    );
    assert_eq!(weakest(&[7.5; 6]), [""; 0], "not far below");
    let mut few = small_plan();
    few.queues[0].service[0].offered = 0.5;
    few.queues[0].service[0].answered_within = 0.0;
    few.queues[0].service[1].offered = 0.0;
    few.queues[0].service[1].answered_within = 0.0;
    assert!(
        !terminal_summary(&few).contains("weakest"),
        "half a contact"
    );
}
