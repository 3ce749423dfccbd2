//! Problems as text for people.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// The problems, one after the other with an empty line between, then how many there are. Colour only adds: nothing is lost without it.
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic)]));
        if diagnostic.more > 0 {
            text.push_str(&format!(
                "\n... and {} more like this",
                grouped(diagnostic.more)
            ));
        }
        text.push_str("\n\n");
    }
    let total = |severity: Severity| -> usize {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .map(|diagnostic| 1 + diagnostic.more)
            .sum()
    };
    let counts: Vec<String> = [
        (total(Severity::Error), "error"),
        (total(Severity::Warning), "warning"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| {
        format!(
            "{} {word}{}",
            grouped(count),
            if count == 1 { "" } else { "s" }
        )
    })
    .collect();
    if !counts.is_empty() {
        text.push_str(&counts.join(", "));
        text.push('\n');
    }
    text
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(
        level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code.name()),
    );
    if let Some(place) = &diagnostic.place {
        if place.span == (0..0) {
            // The file as a whole.
            group = group.element(Origin::path(&*place.file));
        } else {
            group = group.element(
                Snippet::source(place.text.as_str())
                    .line_start(place.line)
                    .path(&*place.file)
                    .annotation(AnnotationKind::Primary.span(place.marked.clone())),
            );
        }
    }
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.with_name("hint").message(hint.as_str())),
        None => group,
    }
}

/// `1204` as `1,204`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
