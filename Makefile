# make                               plans scenarios/harbour into ./roster
# make SCENARIO=my/folder OUT=week   plans another scenario
# make test | lint | setup
SCENARIO = scenarios/harbour
OUT = roster

.PHONY: roster test lint setup

roster:
	tools/setup && cargo run --release --quiet -- plan $(SCENARIO) --out $(OUT)

test:
	tools/setup && cargo test --release

lint:
	tools/setup && cargo fmt --check && cargo clippy --release --all-targets -- -D warnings

setup:
	tools/setup
