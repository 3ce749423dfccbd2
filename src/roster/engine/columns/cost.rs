//! What it costs to cover a cell with a number of people: convex and piecewise linear on whole numbers.

/// Cost of a cell as a function of the number of people who cover it. Convex: every further person saves no more than the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverCost {
    nobody: f64,
    /// `steps[n]` = cost of n + 1 people less cost of n; non-decreasing; the last one goes on for ever.
    steps: Vec<f64>,
}

impl CoverCost {
    /// From the cost of nobody and the change with every further person (the last change repeats). Changes that fall are raised to the one before,
    /// so that the cost is convex whatever is given.
    pub fn new(nobody: f64, mut steps: Vec<f64>) -> CoverCost {
        if steps.is_empty() {
            steps.push(0.0);
        }
        for n in 1..steps.len() {
            steps[n] = steps[n].max(steps[n - 1]);
        }
        CoverCost { nobody, steps }
    }

    /// `under` for every missing person and `over` for every surplus one.
    pub fn band(need: u32, under: f64, over: f64) -> CoverCost {
        let mut steps = vec![-under; need as usize];
        steps.push(over);
        CoverCost::new(under * f64::from(need), steps)
    }

    /// `missing` for every person below `least` (take it far above all else for a hard minimum), and the square of the surplus above `most`
    /// for up to `people`.
    pub fn squared_surplus(least: u32, most: u32, missing: f64, people: u32) -> CoverCost {
        let most = most.max(least);
        let steps = (0..people.max(most) + 1)
            .map(|n| {
                if n < least {
                    -missing
                } else {
                    f64::from((2 * (n + 1).saturating_sub(most)).saturating_sub(1))
                }
            })
            .collect();
        CoverCost::new(missing * f64::from(least), steps)
    }

    /// The cost as a function of the people besides so many who are there already.
    pub fn beyond(&self, base: u32) -> CoverCost {
        let known = (base as usize).min(self.steps.len() - 1);
        CoverCost {
            nobody: self.cost(base),
            steps: self.steps[known..].to_vec(),
        }
    }

    /// The same with each of the first so many steps steeper by `more`; steps that this makes flatter than the next are as flat as that.
    pub fn with_first_steps(&self, first: u32, more: f64) -> CoverCost {
        let first = (first as usize).min(self.steps.len() - 1);
        let mut steps = self.steps.clone();
        for step in &mut steps[..first] {
            *step = (*step - more).min(self.steps[first]);
        }
        let risen: f64 = (steps.iter().zip(&self.steps))
            .map(|(new, old)| old - new)
            .sum();
        CoverCost {
            nobody: self.nobody + risen,
            steps,
        }
    }

    /// Cost of `n` people.
    pub fn cost(&self, n: u32) -> f64 {
        let known = (n as usize).min(self.steps.len());
        self.nobody
            + self.steps[..known].iter().sum::<f64>()
            + (n as usize - known) as f64 * self.steps[self.steps.len() - 1]
    }

    /// Change of the cost by one person more than `n`.
    pub fn step(&self, n: u32) -> f64 {
        self.steps[(n as usize).min(self.steps.len() - 1)]
    }

    /// Number of people at which the steps stop changing.
    pub fn last_bend(&self) -> u32 {
        self.steps.len() as u32 - 1
    }

    /// The least number of people, `from` or more, beyond which a further one does not save anything.
    pub fn enough(&self, from: u32) -> u32 {
        let first = self.steps.partition_point(|&step| step < 0.0) as u32;
        first.max(from).min(self.last_bend().max(from))
    }

    /// Whether all costs are whole numbers.
    pub fn is_whole(&self) -> bool {
        self.nobody.fract() == 0.0 && self.steps.iter().all(|step| step.fract() == 0.0)
    }
}
