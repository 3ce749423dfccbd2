//! National public holidays per country, from data kept in `holidays.csv` (its head names source and licence).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: String,
}

/// The national public holidays of a country (ISO 3166 code, `LT`), in order of date; empty for a country that the data do not have.
pub fn public_holidays(country: &str) -> &'static [Holiday] {
    table().get(country).map_or(&[], Vec::as_slice)
}

pub fn known_country(country: &str) -> bool {
    table().contains_key(country)
}

/// The known code most like an unknown one, for error messages.
pub fn nearest_country(country: &str) -> Option<&'static str> {
    let country = country.to_uppercase();
    table()
        .keys()
        .copied()
        .find(|known| **known == country)
        .or_else(|| {
            table()
                .keys()
                .copied()
                .find(|known| strsim::damerau_levenshtein(known, &country) == 1)
        })
}

fn table() -> &'static BTreeMap<&'static str, Vec<Holiday>> {
    static TABLE: OnceLock<BTreeMap<&'static str, Vec<Holiday>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<&'static str, Vec<Holiday>> = BTreeMap::new();
        for line in include_str!("holidays.csv").lines() {
            let mut fields = line.splitn(3, ',');
            let (Some(country), Some(date), Some(name)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            if let Ok(date) = date.parse() {
                let name = name.to_owned();
                table
                    .entry(country)
                    .or_default()
                    .push(Holiday { date, name });
            }
        }
        table
    })
}
