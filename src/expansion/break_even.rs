//! Dearer by the hour or paid whether needed or not: from how many hours a week one way to employ is cheaper than another.

/// What one person of a kind costs a week, by the hours that are needed of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Money an hour.
    pub per_hour: f64,
    /// Money a week, whatever the hours.
    pub per_week: f64,
    /// Hours that are paid at least, and worked at most.
    pub least_hours: f64,
    pub most_hours: f64,
}

impl Terms {
    /// Money a week for so many hours of need.
    pub fn cost(&self, hours: f64) -> f64 {
        self.per_week + self.per_hour * hours.max(self.least_hours)
    }
}

/// Which of two is cheaper, by the hours a week that are needed of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// The first is cheaper whatever the hours.
    First,
    Second,
    /// The second is cheaper below so many hours, the first from there on.
    At(f64),
}

/// Compares over the hours that both may work.
pub fn break_even(first: &Terms, second: &Terms) -> BreakEven {
    let most = first.most_hours.min(second.most_hours);
    let less = |hours: f64| first.cost(hours) - second.cost(hours);
    if less(0.0) <= 0.0 && less(most) <= 0.0 {
        return BreakEven::First;
    }
    if less(0.0) >= 0.0 && less(most) >= 0.0 {
        return BreakEven::Second;
    }
    // Both costs are straight between their kinks, so between neighbouring kinks the difference is straight.
    let mut kinks = [
        0.0,
        first.least_hours.min(most),
        second.least_hours.min(most),
        most,
    ];
    kinks.sort_by(f64::total_cmp);
    for pair in kinks.windows(2) {
        let (a, b) = (less(pair[0]), less(pair[1]));
        if a > 0.0 && b <= 0.0 {
            return BreakEven::At(pair[0] + (pair[1] - pair[0]) * a / (a - b));
        }
    }
    BreakEven::First
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPLOYEE: Terms = Terms {
        per_hour: 15.0,
        per_week: 30.0,
        least_hours: 32.0,
        most_hours: 40.0,
    };
    const FREELANCER: Terms = Terms {
        per_hour: 21.0,
        per_week: 0.0,
        least_hours: 0.0,
        most_hours: 40.0,
    };

    #[test]
    fn an_employee_pays_from_the_hours_at_which_both_cost_the_same() {
        // 32 * 15 + 30 = 510 = 21 h, so h = 24.286.
        let BreakEven::At(hours) = break_even(&EMPLOYEE, &FREELANCER) else {
            panic!("they cross");
        };
        assert!((hours - 510.0 / 21.0).abs() < 1e-9, "{hours}");
        assert!((EMPLOYEE.cost(hours) - FREELANCER.cost(hours)).abs() < 1e-9);
    }

    #[test]
    fn who_is_cheaper_by_the_hour_and_without_minimum_is_always_cheaper() {
        let cheap = Terms {
            per_hour: 14.0,
            ..FREELANCER
        };
        assert_eq!(break_even(&cheap, &FREELANCER), BreakEven::First);
        assert_eq!(break_even(&FREELANCER, &cheap), BreakEven::Second);
    }
}
