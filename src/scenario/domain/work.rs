//! What else the roster must hold: cover, activities, shrinkage.

use crate::calendar::OpeningHours;

use super::{
    Agent, AgentIndex, Channel, ChannelSet, Hire, LanguageIndex, LanguageSkill, RoleIndex,
    Scenario, SiteIndex,
};

/// People of a kind who must be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    pub who: CoverWho,
    pub need: CoverNeed,
    /// On the site's clock, or the planner's where it is for all sites together.
    pub hours: OpeningHours,
    /// None: all sites together.
    pub site: Option<SiteIndex>,
    pub hard: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverNeed {
    /// At least so many.
    Min(u32),
    /// One for each so many other people on shift (span of control), at least 1.
    OnePer(u32),
    /// At most so many at once.
    Max(u32),
}

/// Who counts: those who have all that is not `None`. At least one thing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CoverWho {
    pub role: Option<RoleIndex>,
    pub language: Option<LanguageIndex>,
    pub channel: Option<Channel>,
    /// At least this.
    pub seniority: Option<f64>,
}

impl CoverWho {
    pub fn matches(&self, agent: &Agent) -> bool {
        self.has(agent.role, &agent.languages, agent.channels)
            && self
                .seniority
                .is_none_or(|least| agent.seniority.is_some_and(|seniority| seniority >= least))
    }

    /// Whether people to be hired would count.
    pub fn matches_hired(&self, hire: &Hire) -> bool {
        self.seniority.is_none() && self.has(hire.role, &hire.languages, hire.channels)
    }

    fn has(&self, role: RoleIndex, languages: &[LanguageSkill], channels: ChannelSet) -> bool {
        let speaks = |language| languages.iter().any(|skill| skill.language == language);
        self.role.is_none_or(|wanted| role == wanted)
            && self.language.is_none_or(speaks)
            && self
                .channel
                .is_none_or(|channel| channels.contains(channel))
    }

    /// `supervisor`, `agent in de on phone of seniority 3 or more`.
    pub fn words(&self, scenario: &Scenario) -> String {
        let role = self.role.map(|role| scenario.roles[role.0].clone());
        let language = self
            .language
            .map(|language| format!("in {}", scenario.languages[language.0]));
        let channel = self.channel.map(|channel| format!("on {}", channel.name()));
        let seniority = self
            .seniority
            .map(|least| format!("of seniority {least} or more"));
        let first = role.unwrap_or_else(|| "somebody".to_owned());
        [Some(first), language, channel, seniority]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Training, meetings, coaching.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    pub name: String,
    pub length_minutes: u32,
    pub who: AgentFilter,
    pub times_per_week: u32,
    /// On the agent's clock; none: any time of a shift.
    pub window: Option<OpeningHours>,
    /// All at once or each on their own.
    pub together: bool,
    pub paid: bool,
}

/// Whom an activity is for: everybody who meets all the lists that are not empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgentFilter {
    pub sites: Vec<SiteIndex>,
    pub languages: Vec<LanguageIndex>,
    pub roles: Vec<RoleIndex>,
    pub agents: Vec<AgentIndex>,
}

impl AgentFilter {
    pub fn matches(&self, index: AgentIndex, agent: &Agent) -> bool {
        let speaks = |language: &LanguageIndex| {
            agent
                .languages
                .iter()
                .any(|skill| skill.language == *language)
        };
        (self.sites.is_empty() || self.sites.contains(&agent.site))
            && (self.languages.is_empty() || self.languages.iter().any(speaks))
            && (self.roles.is_empty() || self.roles.contains(&agent.role))
            && (self.agents.is_empty() || self.agents.contains(&index))
    }
}

/// Shares of rostered time lost to what is not in the roster, in basis points (0.08 = 800), 0..10000.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shrinkage {
    pub default: u32,
    /// By site and by channel, where something else is written; in order of index.
    pub by_site: Vec<(SiteIndex, u32)>,
    pub by_channel: Vec<(Channel, u32)>,
}

impl Shrinkage {
    /// For the people of a site.
    pub fn of_site(&self, site: SiteIndex) -> u32 {
        self.by_site
            .iter()
            .find(|(known, _)| *known == site)
            .map_or(self.default, |(_, share)| *share)
    }

    /// For work on a channel, wherever it is done.
    pub fn of_channel(&self, channel: Channel) -> u32 {
        self.by_channel
            .iter()
            .find(|(known, _)| *known == channel)
            .map_or(self.default, |(_, share)| *share)
    }
}
