//! Writes a made-up plan's report and workbook, to look at: `cargo run --release --example sample_report -- DIR [PEOPLE]`.

#[path = "../tests/sample_plan/mod.rs"]
mod sample_plan;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| ".".into());
    let people = args.next().and_then(|n| n.parse().ok()).unwrap_or(120);
    let plan = sample_plan::plan(people, 7);
    let stamp = sample_plan::utc("2026-10-12T08:00Z");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(format!("{folder}/{name}"), bytes).expect("the folder can be written");
    };
    write(
        "roster.xlsx",
        &followsun::export::roster_xlsx(&plan, stamp).expect("within Excel's limits"),
    );
    write(
        "report.html",
        followsun::report::report_html(&plan).as_bytes(),
    );
    write(
        "summary.txt",
        followsun::report::terminal_summary(&plan).as_bytes(),
    );
    write(
        "roster.csv",
        followsun::export::roster_csv(&plan).as_bytes(),
    );
    write(
        "summary.json",
        followsun::export::summary_json(&plan).as_bytes(),
    );
}
