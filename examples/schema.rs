//! Prints the JSON Schema of a scenario: `cargo run --release --example schema > schema/scenario.json`.

fn main() {
    print!("{}", followsun::scenario::schema_json());
}
