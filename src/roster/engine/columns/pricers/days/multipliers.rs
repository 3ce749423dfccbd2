//! Prices on what the table does not count, found by steps.

/// Prices on what the table does not count, and the lengths of their next steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Multipliers {
    pub unit: f64,
    pub weekend: f64,
    pub types: Vec<f64>,
    pub steps: Vec<f64>,
    signs: Vec<f64>,
}

impl Multipliers {
    pub fn new(types: usize, memory: &[f64], scale: f64, units: f64) -> Multipliers {
        if memory.len() == 2 * (types + 2) {
            let (prices, steps) = memory.split_at(types + 2);
            return Multipliers {
                unit: prices[0],
                weekend: prices[1],
                types: prices[2..].to_vec(),
                steps: steps.to_vec(),
                signs: vec![0.0; types + 2],
            };
        }
        let mut steps = vec![scale; types + 2];
        steps[0] = scale / units;
        Multipliers {
            unit: 0.0,
            weekend: 0.0,
            types: vec![0.0; types],
            steps,
            signs: vec![0.0; types + 2],
        }
    }

    pub fn memory(&self) -> Vec<f64> {
        let mut memory = vec![self.unit, self.weekend];
        memory.extend(&self.types);
        memory.extend(&self.steps);
        memory
    }

    /// A step of each price along the sign of what is used too much (the step rule of Rprop, Riedmiller and Braun 1993). False if all is in balance.
    pub fn step(&mut self, surplus: &[f64]) -> bool {
        let mut moved = false;
        for (index, &surplus) in surplus.iter().enumerate() {
            let free = index == 0;
            let price = match index {
                0 => &mut self.unit,
                1 => &mut self.weekend,
                _ => &mut self.types[index - 2],
            };
            if surplus == 0.0 || (!free && surplus < 0.0 && *price <= 0.0) {
                continue;
            }
            moved = true;
            let sign = surplus.signum();
            if sign * self.signs[index] < 0.0 {
                self.steps[index] *= 0.5;
            } else if sign * self.signs[index] > 0.0 {
                self.steps[index] *= 1.3;
            }
            self.signs[index] = sign;
            *price += sign * self.steps[index];
            if !free {
                *price = price.max(0.0);
            }
        }
        moved
    }
}
