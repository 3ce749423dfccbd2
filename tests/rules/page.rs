//! docs/rules.md is true: its table has every rule there is, in order, each with its file.

use std::path::Path;

use followsun::roster::rules::RULES;

#[test]
fn the_page_lists_every_rule_with_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/rules.md")).expect("the page");
    let table = page
        .split("<!-- rules -->")
        .nth(1)
        .expect("the mark before the table");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let named: Vec<&str> = rows.iter().map(|row| row[1].trim_matches('`')).collect();
    let known: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(named, known);
    for row in &rows {
        let file = root.join("src/roster/rules").join(row[5].trim_matches('`'));
        let source = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = format!("name: \"{}\"", row[1].trim_matches('`'));
        assert!(source.contains(&name), "{}", file.display());
        assert!(
            row[4].contains("hard") || row[4].contains("soft"),
            "{row:?}"
        );
    }
}
