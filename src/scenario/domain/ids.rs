//! Indices, channels and places: the small types that the others are made of.

use std::fmt;
use std::sync::Arc;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

index! {
    /// Position in `Scenario::queues`.
    QueueIndex,
    /// Position in `Scenario::sites`.
    SiteIndex,
    /// Position in `Scenario::contracts`.
    ContractIndex,
    /// Position in `Scenario::agents`.
    AgentIndex,
    /// Position in `Scenario::languages`.
    LanguageIndex,
    /// Position in `Scenario::roles`.
    RoleIndex
}

/// How a contact arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Phone,
    Chat,
    Email,
    Social,
    Case,
}

impl Channel {
    pub const ALL: [Channel; 5] = [
        Channel::Phone,
        Channel::Chat,
        Channel::Email,
        Channel::Social,
        Channel::Case,
    ];

    /// The word that files use.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::Chat => "chat",
            Channel::Email => "email",
            Channel::Social => "social",
            Channel::Case => "case",
        }
    }

    pub fn named(name: &str) -> Option<Channel> {
        Channel::ALL
            .into_iter()
            .find(|channel| channel.name() == name)
    }

    /// Whether its work may wait for hours and fills the time that live contacts leave.
    pub fn is_deferred(self) -> bool {
        matches!(self, Channel::Email | Channel::Social | Channel::Case)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The channels that somebody works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ChannelSet(u8);

impl ChannelSet {
    pub fn contains(self, channel: Channel) -> bool {
        self.0 & (1 << channel as u8) != 0
    }

    pub fn insert(&mut self, channel: Channel) {
        self.0 |= 1 << channel as u8;
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn names(self) -> Vec<String> {
        self.iter()
            .map(|channel| channel.name().to_owned())
            .collect()
    }

    /// In the order of [`Channel::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL
            .into_iter()
            .filter(move |channel| self.contains(*channel))
    }
}

impl FromIterator<Channel> for ChannelSet {
    fn from_iter<I: IntoIterator<Item = Channel>>(channels: I) -> ChannelSet {
        let mut set = ChannelSet::default();
        channels.into_iter().for_each(|channel| set.insert(channel));
        set
    }
}

/// Where something was written, for messages that come later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    /// From 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
