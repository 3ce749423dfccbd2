//! Best tours of days under prices.

use std::cell::RefCell;

use super::DayRules;
use super::beam::FOLLOWED;
use super::network::{Network, OFF};
use super::question::Question;
use super::table::Table;
use crate::roster::engine::columns::problem::{Answer, Ask, Column, Pricer, Stretch, Within};

/// Prices tours of days: an exact table of least costs to go over states, weekends and minutes where it is small enough, prices on what it leaves out
/// (most shifts of a type; in long horizons weekends and minutes), and a search forward that keeps every rule.
#[derive(Debug)]
pub struct DayPricer {
    pub(super) rules: DayRules,
    pub(super) network: Network,
    /// Index of each type among those whose number is followed.
    pub(super) followed: Vec<Option<usize>>,
    pub(super) tightest: Vec<usize>,
    /// Days that are settled: off, or a type. They cover nothing and cost nothing.
    pub(super) settled: Vec<Option<Option<usize>>>,
    /// Cells with their place (`day * types + type`), ascending.
    pub(super) places: Vec<(u32, usize)>,
}

thread_local! {
    /// The table is large and filled anew at every call: only its memory is kept.
    static TABLE: RefCell<Table> = RefCell::new(Table::default());
}

impl DayPricer {
    pub fn new(rules: DayRules) -> DayPricer {
        let days = rules.days();
        DayPricer::settled(rules, vec![None; days])
    }

    /// `settled` = for each day whether it is settled as off or as a type.
    pub(super) fn settled(rules: DayRules, settled: Vec<Option<Option<usize>>>) -> DayPricer {
        let network = Network::new(&rules);
        let open = |t: usize| {
            let longest = rules.max_run.max(1);
            let days = rules.off.iter().filter(|off| !**off).count();
            let by_minutes = (rules.minutes.1 / rules.types[t].minutes.max(1)) as usize;
            let by_runs = (rules.days() / (longest + rules.min_off.max(1)) + 1) * longest;
            days.min(by_minutes).min(by_runs)
        };
        let mut tightest: Vec<usize> = (0..rules.types.len())
            .filter(|&t| {
                rules.most[t] > 0 && (rules.most[t] as usize) < open(t) && rules.most[t] < 250
            })
            .collect();
        tightest.sort_by_key(|&t| (rules.most[t], t));
        tightest.truncate(FOLLOWED);
        let followed = (0..rules.types.len())
            .map(|t| tightest.iter().position(|other| *other == t))
            .collect();
        let types = rules.types.len();
        let mut places: Vec<(u32, usize)> = (0..rules.cells.len())
            .filter(|place| settled[place / types].is_none())
            .map(|place| (rules.cells[place], place))
            .collect();
        places.sort_unstable();
        DayPricer {
            rules,
            network,
            followed,
            tightest,
            settled,
            places,
        }
    }

    /// The type worked on each day of a column.
    pub fn tour_of(&self, column: &Column) -> Vec<Option<usize>> {
        let types = self.rules.types.len();
        let mut tour = vec![None; self.rules.days()];
        for &cell in &column.cells {
            let from = self.places.partition_point(|place| place.0 < cell);
            for &(_, place) in self.places[from..]
                .iter()
                .take_while(|place| place.0 == cell)
            {
                tour[place / types].get_or_insert(place % types);
            }
        }
        for (day, settled) in self.settled.iter().enumerate() {
            if let Some(settled) = settled {
                tour[day] = *settled;
            }
        }
        tour
    }

    pub(super) fn column(&self, tour: &[usize]) -> Column {
        let types = self.rules.types.len();
        let mut column = Column {
            cells: Vec::new(),
            cost: 0.0,
        };
        for (day, &t) in tour.iter().enumerate() {
            if t == OFF {
                column.cost += self.rules.off_cost[day];
            } else {
                column.cost += self.rules.work_cost[day * types + t];
                if self.settled[day].is_none() {
                    column.cells.push(self.rules.cells[day * types + t]);
                }
            }
        }
        column.cells.sort_unstable();
        column
    }

    pub(super) fn within_most(&self, tour: &[usize]) -> bool {
        (0..self.rules.types.len()).all(|t| {
            tour.iter().filter(|&&other| other == t).count() <= self.rules.most[t] as usize
        })
    }
}

impl Pricer for DayPricer {
    fn within(&self, stretch: &Stretch) -> Option<Within<'_>> {
        self.stretch(stretch)
    }

    fn can_enumerate(&self) -> bool {
        true
    }

    fn enumerate(&self, ask: &Ask) -> Option<Vec<Column>> {
        TABLE.with_borrow_mut(|table| Question::new(self, ask).list(table))
    }

    fn price(&self, ask: &Ask) -> Answer {
        TABLE.with_borrow_mut(|table| Question::new(self, ask).answer(table))
    }
}
