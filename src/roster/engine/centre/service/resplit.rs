//! A slot's people dealt out anew: where speeds differ, chains of moves depend on the order in which people came.

use super::ServiceState;
use super::model::ServiceModel;

impl ServiceState {
    /// Deals out everybody at work in a slot again in a few orders and keeps the split that loses least. Nothing changes where everybody is of full speed:
    /// there the split is the best one. Must not be called within a transaction.
    pub fn resplit(&mut self, model: &ServiceModel, slot: usize) {
        if model.whole {
            return;
        }
        let people =
            |split: &[u16]| split.iter().map(|&n| u32::from(n)).sum::<u32>() / model.grains;
        let mut there: Vec<(usize, u32)> = (0..model.pools.len())
            .map(|pool| (pool, people(self.split(model, pool, slot))))
            .filter(|(_, people)| *people > 0)
            .collect();
        // Whoever can do little first; then the other way round.
        there.sort_by_key(|&(pool, _)| model.pools[pool].skills.len());
        self.dealt_out(model, slot, &there);
        there.reverse();
        self.dealt_out(model, slot, &there);
        for one in there {
            self.dealt_out(model, slot, &[one]);
        }
    }

    /// These people leave and come back in this order, unless that loses more.
    fn dealt_out(&mut self, model: &ServiceModel, slot: usize, people: &[(usize, u32)]) {
        let before = self.lost;
        self.begin(model);
        for &(pool, count) in people {
            for _ in 0..count {
                self.remove(model, pool, slot);
            }
        }
        for &(pool, count) in people {
            for _ in 0..count {
                self.add(model, pool, slot);
            }
        }
        if self.lost < before - 1e-9 {
            self.commit();
        } else {
            self.rollback(model);
        }
    }
}
