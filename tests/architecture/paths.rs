//! The paths that a source file names, resolved without a compiler.

/// The text with comments and the insides of strings and characters blanked; lines stay where they are.
pub fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut code = String::new();
    let mut here = 0;
    while here < chars.len() {
        let word_before = here > 0 && (at(here - 1).is_alphanumeric() || at(here - 1) == '_');
        let hashes = (here + 1..).take_while(|&index| at(index) == '#').count();
        let end = if at(here) == '/' && at(here + 1) == '/' {
            (here..).find(|&index| matches!(at(index), '\n' | '\0'))
        } else if at(here) == '/' && at(here + 1) == '*' {
            let mut depth = 0;
            (here + 1..)
                .find(|&index| {
                    match (at(index - 1), at(index)) {
                        ('/', '*') => depth += 1,
                        ('*', '/') => depth -= 1,
                        _ => {}
                    }
                    depth == 0 || index >= chars.len()
                })
                .map(|last| last + 1)
        } else if at(here) == 'r'
            && at(here + 1 + hashes) == '"'
            && (!word_before || at(here - 1) == 'b')
        {
            let closed =
                |index: usize| at(index) == '"' && (1..=hashes).all(|hash| at(index + hash) == '#');
            (here + hashes + 2..)
                .find(|&index| closed(index) || index >= chars.len())
                .map(|last| last + hashes + 1)
        } else if at(here) == '"'
            || (at(here) == '\'' && (at(here + 1) == '\\' || at(here + 2) == '\''))
        {
            let quote = at(here);
            let mut escaped = false;
            (here + 1..)
                .find(|&index| {
                    let ends = at(index) == quote && !escaped;
                    escaped = at(index) == '\\' && !escaped;
                    ends || index >= chars.len()
                })
                .map(|last| last + 1)
        } else {
            None
        };
        match end {
            Some(end) => {
                let end = end.min(chars.len());
                code.extend(
                    chars[here..end]
                        .iter()
                        .map(|&c| if c == '\n' { '\n' } else { ' ' }),
                );
                here = end.max(here + 1);
            }
            None => {
                code.push(at(here));
                here += 1;
            }
        }
    }
    code
}

/// The paths of at least two segments, or after `use`, with their lines. Those inside the crate begin with `crate` and are whole.
pub fn paths(code: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(code);
    let text = |index: usize| tokens.get(index).map_or("", |(_, token)| token.as_str());
    let mut found = Vec::new();
    // Modules inside the file that are open, each with the depth of braces at which it closes.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let mut depth: usize = 0;
    let mut index = 0;
    while index < tokens.len() {
        match text(index) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.retain(|(_, closes)| *closes <= depth);
            }
            "mod" if text(index + 2) == "{" => inner.push((text(index + 1).to_owned(), depth + 1)),
            word if is_word(word)
                && (index == 0 || text(index - 1) != "::" || !is_word(text(index.max(2) - 2))) =>
            {
                let after_use = index > 0 && text(index - 1) == "use";
                let mut leaves = Vec::new();
                let next = tree(&tokens, index, &[], &mut leaves);
                let inside: Vec<String> = inner.iter().map(|(name, _)| name.clone()).collect();
                for (line, path) in leaves {
                    if path.len() > 1 || after_use {
                        found.push((line, absolute(path, &[module, &inside].concat())));
                    }
                }
                index = next;
                continue;
            }
            _ => {}
        }
        index += 1;
    }
    found
}

/// Reads a path or a tree of paths from `index` on into `leaves`; gives the index after it.
fn tree(
    tokens: &[(usize, String)],
    index: usize,
    before: &[String],
    leaves: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |index: usize| tokens.get(index).map_or("", |(_, token)| token.as_str());
    let path = [before, &[text(index).to_owned()]].concat();
    if text(index + 1) != "::" {
        leaves.push((tokens[index].0, path));
        return index + 1;
    }
    match text(index + 2) {
        "{" => {
            let mut next = index + 3;
            while next < tokens.len() && text(next) != "}" {
                next = if is_word(text(next)) || text(next) == "*" {
                    tree(tokens, next, &path, leaves)
                } else {
                    next + 1
                };
            }
            next + 1
        }
        word if is_word(word) || word == "*" => tree(tokens, index + 2, &path, leaves),
        _ => {
            leaves.push((tokens[index].0, path));
            index + 2
        }
    }
}

/// The path from the crate's root on, where it begins with `crate`, `followsun`, `self` or `super`; else as it is.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let mut base: Vec<String> = match path[0].as_str() {
        "crate" | "followsun" => Vec::new(),
        "self" | "super" => module.to_vec(),
        _ => return path,
    };
    for (index, segment) in path.into_iter().enumerate() {
        match segment.as_str() {
            "super" => drop(base.pop()),
            "self" => {}
            "crate" | "followsun" if index == 0 => {}
            _ => base.push(segment),
        }
    }
    base.insert(0, "crate".to_owned());
    base
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !matches!(token, "use" | "as" | "pub" | "mod")
}

/// Words, `::` and single signs, with their lines.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push((number + 1, rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}
