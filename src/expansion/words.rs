//! People in words.

use crate::scenario::Scenario;
use crate::scenario::domain::{Agent, ChannelSet, LanguageSkill};

/// "part-time in athens (el, en; phone, chat)".
pub fn person_words(scenario: &Scenario, agent: &Agent) -> String {
    format!(
        "{} in {} ({})",
        scenario.contracts[agent.contract.0].id,
        scenario.sites[agent.site.0].id,
        skill_words(scenario, &agent.languages, agent.channels)
    )
}

/// "el, en; phone, chat".
pub fn skill_words(
    scenario: &Scenario,
    languages: &[LanguageSkill],
    channels: ChannelSet,
) -> String {
    let languages: Vec<&str> = languages
        .iter()
        .map(|skill| scenario.languages[skill.language.0].as_str())
        .collect();
    let channels: Vec<&str> = channels.iter().map(|channel| channel.name()).collect();
    format!("{}; {}", languages.join(", "), channels.join(", "))
}
