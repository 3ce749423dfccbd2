//! Collects the problems of one run.

use std::collections::{BTreeMap, HashSet};

use super::{Code, Diagnostic, DiagnosticPlace, Severity};
use crate::scenario::source::{Sources, Span};

/// Of problems that are alike in one file, so many are listed.
const LISTED: usize = 3;

/// Every problem found so far.
#[derive(Debug, Default)]
pub struct Problems {
    drafts: Vec<Draft>,
    /// Keys of tables that are known to be wrong: that they are then missing is not said a second time.
    spoilt: HashSet<(Span, String)>,
}

/// A problem that may still be given a hint.
#[derive(Debug)]
pub struct Draft {
    code: Code,
    severity: Severity,
    message: String,
    span: Option<Span>,
    hint: Option<String>,
    alike: Option<String>,
}

impl Problems {
    pub fn error(
        &mut self,
        code: Code,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> &mut Draft {
        self.add(code, Severity::Error, span.into(), message.into())
    }

    pub fn warning(
        &mut self,
        code: Code,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> &mut Draft {
        self.add(code, Severity::Warning, span.into(), message.into())
    }

    fn add(
        &mut self,
        code: Code,
        severity: Severity,
        span: Option<Span>,
        message: String,
    ) -> &mut Draft {
        self.drafts.push(Draft {
            code,
            severity,
            message,
            span,
            hint: None,
            alike: None,
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    pub fn spoil(&mut self, table: Span, key: &str) {
        self.spoilt.insert((table, key.to_owned()));
    }

    pub fn is_spoilt(&self, table: Span, key: &str) -> bool {
        self.spoilt.contains(&(table, key.to_owned()))
    }

    pub fn any_error(&self) -> bool {
        self.drafts
            .iter()
            .any(|draft| draft.severity == Severity::Error)
    }

    /// The problems in the order of the files; of those that are alike only the first few, the last of them with the number of the rest.
    pub fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.drafts
            .sort_by_key(|draft| draft.span.map(|span| (span.file, span.start)));
        let mut seen: BTreeMap<(Code, Option<u32>, String), (usize, usize)> = BTreeMap::new();
        let mut list: Vec<Diagnostic> = Vec::new();
        for draft in self.drafts {
            if let Some(alike) = &draft.alike {
                let file = draft.span.map(|span| span.file);
                let (count, last) = seen
                    .entry((draft.code, file, alike.clone()))
                    .or_insert((0, 0));
                *count += 1;
                if *count > LISTED {
                    list[*last].more += 1;
                    continue;
                }
                *last = list.len();
            }
            let diagnostic = draft.finish(sources);
            if list.last() != Some(&diagnostic) {
                list.push(diagnostic);
            }
        }
        list
    }
}

impl Draft {
    /// How to mend it.
    pub fn hint(&mut self, hint: impl Into<String>) -> &mut Draft {
        self.hint = Some(hint.into());
        self
    }

    pub fn hint_if(&mut self, hint: Option<String>) -> &mut Draft {
        self.hint = hint.or(self.hint.take());
        self
    }

    /// Problems with the same code, file and `kind` are summed up when there are many.
    pub fn alike(&mut self, kind: impl Into<String>) -> &mut Draft {
        self.alike = Some(kind.into());
        self
    }

    fn finish(self, sources: &Sources) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message,
            place: self.span.map(|span| place(sources, span)),
            hint: self.hint,
            more: 0,
        }
    }
}

fn place(sources: &Sources, span: Span) -> DiagnosticPlace {
    let file = sources.file(span.file);
    let (start, end) = (span.start as usize, span.end as usize);
    let line = file.line(start);
    let (begin, text) = file.line_text(line);
    let from = floor(text, start - begin);
    // What goes on over several lines is marked on its first one.
    let to = floor(text, end.saturating_sub(begin)).max(from);
    DiagnosticPlace {
        file: file.name.clone(),
        span: start..end,
        line: line + 1,
        column: text[..from].chars().count() + 1,
        text: text.to_owned(),
        marked: from..to,
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The known name most like `name`, if any is like it at all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|known| {
            (
                strsim::jaro_winkler(&known.to_lowercase(), &name)
                    - 0.02 * strsim::damerau_levenshtein(&known.to_lowercase(), &name) as f64,
                known,
            )
        })
        .filter(|(closeness, _)| *closeness > 0.7)
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, known)| known)
}
