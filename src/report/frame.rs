//! What every page has around its own sections: head, style, and the bar at the top. Nothing comes from outside the file.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// The frame of one page.
#[derive(Default)]
pub(super) struct Frame<'a> {
    pub title: &'a str,
    /// Version of the program that made the results, where they say it.
    pub version: Option<&'a str>,
    /// Style of this page alone, after that of all pages.
    pub style: &'a str,
    /// Anchor and name of the sections that the bar leads to, the most important first.
    pub sections: &'a [(&'a str, &'a str)],
    /// More for the head of the file.
    pub head: Markup,
    /// More for the bar at the top.
    pub bar: Markup,
}

impl Frame<'_> {
    /// The whole page as one HTML file.
    pub fn around(&self, body: &Markup) -> String {
        let generator = match self.version {
            Some(version) => format!("followsun {version}"),
            None => "followsun".to_owned(),
        };
        let page: Markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content=(generator);
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) (PreEscaped(self.style)) }
                    (self.head)
                }
                body {
                    @if let Some((anchor, name)) = self.sections.first() {
                        a.skip href=(format!("#{anchor}")) { "Skip to the " (name.to_lowercase()) }
                    }
                    header.top {
                        div.topbar {
                            div.brand { span.sun aria-hidden="true" {} "followsun" }
                            @if !self.sections.is_empty() {
                                nav aria-label="Sections" {
                                    @for (anchor, name) in self.sections { a href=(format!("#{anchor}")) { (name) } }
                                }
                            }
                            (self.bar)
                        }
                    }
                    (body)
                }
            }
        };
        page.into_string()
    }
}

/// One figure with its name above and what it means below.
pub(super) fn card(name: &str, value: &str, note: &str) -> Markup {
    html! {
        div.card {
            div.card-name { (name) }
            div.card-value { (value) }
            div.card-note { (note) }
        }
    }
}
