//! The page: one HTML file with its style inside, no script, nothing from outside.

use maud::{Markup, html};

use super::pictures::{level_picture, service_picture};
use super::words::{
    advice, better, beyond, expensive, headline, left_out, one_less, overtime, saving,
};
use crate::report::frame::{Frame, card};
use crate::report::words::{money, percent, thousands};
use crate::results::{HireGroup, HirePlan};

const SECTIONS: [(&str, &str); 5] = [
    ("answer", "Answer"),
    ("groups", "Whom to hire"),
    ("service", "Service"),
    ("levels", "What service costs"),
    ("targets", "The expensive target"),
];

/// The hire plan as one HTML file that works offline. It holds no figure of time spent, so the same plan gives the same bytes.
pub fn hire_html(plan: &HirePlan) -> String {
    let title = headline(plan);
    let frame = Frame {
        title: &title,
        version: Some(&plan.version),
        style: include_str!("hire.css"),
        sections: &SECTIONS,
        ..Frame::default()
    };
    frame.around(&html! {
        main {
            section #answer {
                p.kicker { (plan.name) " · week of " (plan.first_day.format("%-d %B %Y").to_string()) }
                h1 { (title) }
                div.cards { (cards(plan)) }
                h3 { "What to do" }
                ul.advice { @for line in advice(plan) { li { (line) } } }
                @if let Some(left_out) = left_out(plan) { p.note { "No time was left to find out: " (left_out) "." } }
            }
            section #groups {
                h2 { "Whom to hire where" }
                (group_table(plan))
                @if !plan.break_even.is_empty() {
                    h3 { "Employees or freelancers, one person and week" }
                    ul { @for line in &plan.break_even { li { (line) } } }
                }
            }
            section #service {
                h2 { "Service without and with them" }
                (queue_table(plan))
                @if let Some(beyond) = beyond(plan) { p.note { (beyond) "." } }
            }
            section #levels {
                h2 { "What service costs" }
                @if plan.levels.is_empty() {
                    p.quiet { "Other service levels were not priced." }
                } @else {
                    figure {
                        figcaption { span { "Cost a week of everybody, all phone and chat queues above at the same share in time" } }
                        (level_picture(plan))
                    }
                }
            }
            section #targets {
                h2 { (expensive(plan)) }
                @if plan.targets.is_empty() { p.quiet { "No target was lowered to see what that saves." } }
                ul { @for target in &plan.targets { li { (saving(target, &plan.currency)) "." } } }
            }
            section { h2 { "How this was found" } p.method { (METHOD) } }
        }
        footer { p.quiet { "followsun " (plan.version) ", seed " (plan.seed) } }
    })
}

const METHOD: &str = "Those who are there were planned first. Candidates of every group were then planned together with them, each with the price of hiring beside \
    the wages, and the worth of contacts was raised wherever a target was missed when the roster was played on random weeks. Each group was tried with one \
    person less, everybody else planned anew, until none could be spared. The service shown was played on random weeks that had no part in the search.";

fn cards(plan: &HirePlan) -> Markup {
    let met = plan
        .queues
        .iter()
        .filter(|queue| queue.high >= queue.target)
        .count();
    let year = plan.hired_week * 365.25 / 7.0;
    let once = match plan.once > 0.0 {
        true => format!(
            "and {} once for hiring and training",
            money(plan.once, &plan.currency)
        ),
        false => format!("{} a year", money(year, &plan.currency)),
    };
    html! {
            (card("The people hired cost a week", &money(plan.hired_week, &plan.currency), &once))
            (card("Everybody costs a week", &money(plan.cost_week, &plan.currency), &overtime(plan).unwrap_or("wages, fixed costs, and hiring spread over the time that people stay".to_owned())))
            (card("Targets met", &format!("{met} of {}", plan.queues.len()), "of the queues that these groups can serve"))
    (card("Any other mix is at most", &format!("{} better", better(plan)), "proved; wages, hiring and service together"))
        }
}

fn group_table(plan: &HirePlan) -> Markup {
    html! {
        div.scroll { table {
            caption.unseen { "Groups of people who may be hired" }
            thead { tr {
                th scope="col" { "Group" } th.n scope="col" { "Hire" } th scope="col" { "Site, contract" } th scope="col" { "Speaks, channels" }
                th.n scope="col" { "Hours a week" } th.n scope="col" { "Wages a week" } th.n scope="col" { "Fixed, hiring" } th scope="col" { "One less?" }
            } }
            tbody { @for group in &plan.groups { (group_row(group, &plan.currency)) } }
        } }
    }
}

fn group_row(group: &HireGroup, currency: &str) -> Markup {
    html! {
        tr {
            th scope="row" { (group.id) }
            td.n.count { (group.count) }
            td { (group.site) ", " (group.contract) }
            td { (group.skills) }
            @if group.count > 0 {
                td.n { (thousands(group.hours.round() as i64)) }
                td.n { (money(group.wages, currency)) }
                td.n { (money(group.standing, currency)) }
                td { (one_less(group, currency)) }
            } @else {
                td.n { "–" } td.n { "–" } td.n { "–" } td.quiet { "nobody of this group is needed" }
            }
        }
    }
}

fn queue_table(plan: &HirePlan) -> Markup {
    html! {
        div.scroll { table.served {
            caption.unseen { "Share answered in time in the queues that the groups can serve" }
            thead { tr {
                th scope="col" { "Queue" } th scope="col" { "Target" } th.n scope="col" { "Without" } th.n scope="col" { "With" }
                th scope="col" { "0 to 100 % " small { "○ without, ● with, target ┃" } } th scope="col" { "95 % interval" }
            } }
            tbody { @for queue in &plan.queues {
                tr {
                    th scope="row" { (queue.id) }
                    td.quiet { (queue.words) }
                    td.n { (percent(queue.before)) }
                    td.n.strong { (percent(queue.after)) }
                    td { (service_picture(queue)) }
                    td.quiet { (percent(queue.low)) " to " (percent(queue.high)) @if queue.high < queue.target { " " span.verdict.bad { "✗ below target" } } }
                }
            } }
        } }
    }
}
