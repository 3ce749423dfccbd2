//! Law packs: what acts ask for, as data in the words of contracts. A pack is one file in `packs` and one line here. No legal advice.

/// Each pack's id and text.
pub const PACKS: [(&str, &str); 10] = [
    ("EU", include_str!("packs/EU.toml")),
    ("LT", include_str!("packs/LT.toml")),
    ("LV", include_str!("packs/LV.toml")),
    ("PL", include_str!("packs/PL.toml")),
    ("GR", include_str!("packs/GR.toml")),
    ("DE", include_str!("packs/DE.toml")),
    ("PH", include_str!("packs/PH.toml")),
    ("CO", include_str!("packs/CO.toml")),
    ("US", include_str!("packs/US.toml")),
    ("US-CA", include_str!("packs/US-CA.toml")),
];
