//! The kinds of problems. A code never changes its meaning; other programs may read it.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code as it is printed.
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The file is no TOML.
    TomlSyntax = "toml-syntax",
    /// A file that is named is not there or cannot be read.
    NoFile = "no-file",
    /// A scenario extends itself.
    ExtendsCycle = "extends-cycle",
    /// No such key.
    UnknownKey = "unknown-key",
    /// A key that must be there is not.
    MissingKey = "missing-key",
    /// Text where a number belongs, a table where a list belongs, and the like.
    WrongType = "wrong-type",
    /// Right type, but outside what can be.
    BadValue = "bad-value",
    /// No duration.
    BadDuration = "bad-duration",
    /// No date, time, window or opening hours.
    BadTime = "bad-time",
    /// A local time that the clock skips or repeats.
    ClockChange = "clock-change",
    /// No such time zone.
    UnknownZone = "unknown-zone",
    /// A name that is defined nowhere.
    UnknownName = "unknown-name",
    /// An id that is there already.
    DuplicateId = "duplicate-id",
    /// `remove = true` for something that is not there.
    NothingToRemove = "nothing-to-remove",
    /// A CSV file without a column that it needs, or with one that nobody knows.
    CsvColumns = "csv-columns",
    /// A CSV row with too few or too many fields, or a quote left open.
    CsvRow = "csv-row",
    /// A text file that is not UTF-8.
    Encoding = "encoding",
    /// An agent who can serve no queue.
    NothingToServe = "nothing-to-serve",
    /// A queue that nobody can serve.
    NobodyServes = "nobody-serves",
    /// A contract that no week can satisfy.
    ImpossibleContract = "impossible-contract",
    /// A window that no shift of the contract fits.
    ImpossibleWindow = "impossible-window",
    /// Absences of one agent that overlap.
    OverlappingAbsences = "overlapping-absences",
    /// Something before or after the weeks of the plan.
    OutsidePlan = "outside-plan",
    /// A locked shift that breaks its contract.
    LockedShift = "locked-shift",
    /// An event, change or filter that matches nothing.
    MatchesNothing = "matches-nothing",
    /// `start` is no Monday.
    StartNoMonday = "start-no-monday",
    /// Nothing says how many contacts come.
    NoHistory = "no-history",
    /// A contract that allows more than the law pack of a site where it is worked.
    LooserThanLaw = "looser-than-law",
    /// Wishes that contradict each other or what is fixed.
    Contradiction = "contradiction",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
