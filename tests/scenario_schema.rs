//! The schema that editors use is made from the structs that read the file.

use followsun::scenario::schema_json;

#[test]
fn the_file_is_what_the_program_makes() {
    let file = include_str!("../schema/scenario.json");
    assert!(
        file == schema_json(),
        "run: cargo run --release --example schema > schema/scenario.json"
    );
}

#[test]
fn it_is_draft_7_closed_and_described() {
    let schema: serde_json::Value = serde_json::from_str(&schema_json()).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["additionalProperties"], false);
    let mut tables = vec![&schema];
    tables.extend(schema["definitions"].as_object().unwrap().values());
    for table in tables {
        for (key, value) in table["properties"].as_object().unwrap() {
            assert!(value["description"].is_string(), "{key} has no description");
            assert!(!value.to_string().contains("null"), "{key} may be null");
        }
    }
}
