//! A smallest set of rules behind a clash: each rule in turn is left out for good if the rest still clashes.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::roster::engine::centre::clash::menu_under;
use crate::roster::engine::centre::menu::Menu;
use crate::roster::engine::centre::pricing::Scratch;
use crate::roster::problem::Problem;
use crate::roster::rules::{RULES, Rule};

use super::JointClash;
use super::fit::{Fit, LEAST, Party, fit, most, shortfall};
use super::rows::{Asked, JointRule, Part, Row, rows, rules_of, weight};

/// The rules that are kept: joint ones by date, and each person's own.
pub struct Case<'a> {
    problem: &'a Problem,
    joint: Vec<Part>,
    /// Per person who counts in a joint rule: the rules they are held to.
    own: Vec<(usize, Vec<&'static Rule>)>,
    /// What people of a key can work.
    menus: RefCell<HashMap<String, Rc<Menu>>>,
    /// Keys with the rules that such a person must be held to at least: with fewer everything fits. That stays so when other rules are left out.
    needed: HashSet<(String, Vec<&'static str>)>,
}

impl<'a> Case<'a> {
    pub fn new(problem: &'a Problem, joint: Vec<Part>, stuck: &[usize]) -> Case<'a> {
        Case {
            own: concerned(problem, &joint)
                .into_iter()
                .map(|person| match stuck.contains(&person) {
                    true => (person, Vec::new()),
                    false => (person, RULES.iter().collect()),
                })
                .collect(),
            problem,
            joint,
            menus: RefCell::default(),
            needed: HashSet::new(),
        }
    }

    pub fn joint(&self) -> &[Part] {
        &self.joint
    }

    /// Leaves out what is not needed for the clash; `None` where there is none (or none that mixtures of weeks can prove).
    pub fn smallest(&mut self) -> Option<JointClash> {
        let Fit::Proof(prices) = self.fit() else {
            return None;
        };
        let mut proof = Proof::new(self, prices);
        self.fewer_dates(&mut proof);
        self.fewer_people(&mut proof);
        self.fewer_rules(&mut proof);
        Some(JointClash {
            joint: rules_of(&self.joint)
                .into_iter()
                .map(|rule| {
                    let dates = self.joint.iter().filter(|part| part.rule == rule);
                    (
                        rule,
                        dates.map(|part| part.date).collect::<Vec<NaiveDate>>(),
                    )
                })
                .collect(),
            people: self
                .own
                .iter()
                .filter(|(_, rules)| !rules.is_empty())
                .map(|(person, rules)| (*person, rules.iter().map(|rule| rule.name).collect()))
                .collect(),
        })
    }

    fn fit(&self) -> Fit {
        let rows = rows(self.problem, &self.joint);
        fit(self.problem, &self.parties(), &rows)
    }

    /// Whether the case as it stands still clashes; the proof is renewed if it does.
    fn clashes(&self, proof: &mut Proof) -> bool {
        match self.fit() {
            Fit::Proof(prices) => {
                *proof = Proof::new(self, prices);
                true
            }
            _ => false,
        }
    }

    fn fewer_dates(&mut self, proof: &mut Proof) {
        for part in self.joint.clone() {
            let mut without = self.joint.clone();
            without.retain(|other| *other != part);
            let before = std::mem::replace(&mut self.joint, without);
            if !proof.holds_on(self) && !self.clashes(proof) {
                self.joint = before;
            }
        }
        let concerned = concerned(self.problem, &self.joint);
        self.own.retain(|(person, _)| concerned.contains(person));
        let prices = proof.prices_on(self);
        *proof = Proof::new(self, prices);
    }

    fn fewer_people(&mut self, proof: &mut Proof) {
        for index in 0..self.own.len() {
            self.try_without(index, Vec::new(), proof);
        }
    }

    fn fewer_rules(&mut self, proof: &mut Proof) {
        for index in 0..self.own.len() {
            // What was promised to a person says more than what the contract allows: it is left out last.
            for rule in self.own[index].1.clone().into_iter().rev() {
                let mut fewer = self.own[index].1.clone();
                fewer.retain(|other| other.name != rule.name);
                self.try_without(index, fewer, proof);
            }
        }
    }

    /// Holds a person to fewer rules if there is still a clash.
    fn try_without(&mut self, index: usize, fewer: Vec<&'static Rule>, proof: &mut Proof) {
        let names = fewer.iter().map(|rule| rule.name).collect();
        let tried = (self.key(index), names);
        if self.needed.contains(&tried) {
            return;
        }
        let before = std::mem::replace(&mut self.own[index].1, fewer);
        if !proof.holds_with(self, index) && !self.clashes(proof) {
            self.own[index].1 = before;
            self.needed.insert(tried);
        }
    }

    fn menu_of(&self, index: usize) -> Rc<Menu> {
        let key = self.key(index);
        let known = self.menus.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let menu = Rc::new(self.new_menu(index));
            self.menus.borrow_mut().insert(key, menu.clone());
            menu
        })
    }

    fn new_menu(&self, index: usize) -> Menu {
        let (person, rules) = &self.own[index];
        let mut menu = menu_under(self.problem, *person, rules);
        menu.leave_out_money();
        menu
    }

    /// People who are alike in everything that matters here form one party.
    fn parties(&self) -> Vec<Party> {
        let mut keys: Vec<String> = Vec::new();
        let mut parties: Vec<Party> = Vec::new();
        for (index, (person, _)) in self.own.iter().enumerate() {
            let key = self.key(index);
            match keys.iter().position(|known| *known == key) {
                Some(at) => parties[at].people += 1.0,
                None => {
                    keys.push(key);
                    parties.push(Party {
                        menu: self.menu_of(index),
                        people: 1.0,
                        like: *person,
                    });
                }
            }
        }
        parties
    }

    fn key(&self, index: usize) -> String {
        let (person, rules) = &self.own[index];
        let p = &self.problem.people[*person];
        let names: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
        let weights: Vec<f64> = rules_of(&self.joint)
            .into_iter()
            .flat_map(|rule| Asked::ALL.map(|asked| weight(self.problem, *person, rule, asked)))
            .collect();
        let set = if rules.is_empty() {
            String::new()
        } else {
            format!(
                "{:?} {:?} {:?} {:?} {:?}",
                p.window, p.absences, p.absent_days, p.locked, p.before
            )
        };
        format!("{} {} {names:?} {weights:?} {set}", p.site, p.contract)
    }
}

/// Prices that prove a clash, with what each person can add at most.
struct Proof {
    rows: Vec<Row>,
    prices: Vec<f64>,
    most: Vec<f64>,
    scratch: Scratch,
}

impl Proof {
    fn new(case: &Case, prices: Vec<f64>) -> Proof {
        let rows = rows(case.problem, &case.joint);
        let mut proof = Proof {
            rows,
            prices,
            most: Vec::new(),
            scratch: Scratch::default(),
        };
        let mut keys: Vec<(String, f64)> = Vec::new();
        for index in 0..case.own.len() {
            let key = case.key(index);
            let known = keys.iter().find(|(other, _)| *other == key);
            let value = match known {
                Some((_, value)) => *value,
                None => {
                    let value = proof.most_of(case, index, &proof.prices.clone());
                    keys.push((key, value));
                    value
                }
            };
            proof.most.push(value);
        }
        proof
    }

    fn most_of(&mut self, case: &Case, index: usize, prices: &[f64]) -> f64 {
        let menu = case.menu_of(index);
        let person = case.own[index].0;
        most(
            case.problem,
            &menu,
            person,
            &self.rows,
            prices,
            &mut self.scratch,
        )
        .map_or(f64::NEG_INFINITY, |(value, _)| value)
    }

    /// Prices of the rows that are left when some dates are left out.
    fn prices_on(&self, case: &Case) -> Vec<f64> {
        let left = rows(case.problem, &case.joint);
        left.iter()
            .map(|row| {
                let known = self.rows.iter().position(|own| own == row);
                known.map_or(0.0, |at| self.prices[at])
            })
            .collect()
    }

    /// Whether the same prices still prove a clash when some dates are left out; if so they become the proof.
    fn holds_on(&mut self, case: &Case) -> bool {
        let prices = self.prices_on(case);
        if prices.iter().all(|price| *price <= 0.0) {
            return false;
        }
        let lost: f64 = self
            .rows
            .iter()
            .zip(&self.prices)
            .filter(|(row, _)| {
                !case
                    .joint
                    .iter()
                    .any(|part| part.rule == row.rule && on(case, part, row))
            })
            .map(|(_, price)| *price)
            .sum();
        if lost <= 0.0 {
            // Nothing that mattered is gone.
            self.rows = rows(case.problem, &case.joint);
            self.prices = prices;
            return true;
        }
        let next = Proof::new(case, prices);
        if shortfall(&next.rows, &next.prices, next.most.iter().copied()) > LEAST {
            *self = next;
            return true;
        }
        false
    }

    /// Whether the same prices still prove a clash though one person is held to fewer rules.
    fn holds_with(&mut self, case: &Case, index: usize) -> bool {
        let prices = self.prices.clone();
        let value = self.most_of(case, index, &prices);
        let before = std::mem::replace(&mut self.most[index], value);
        if shortfall(&self.rows, &self.prices, self.most.iter().copied()) > LEAST {
            return true;
        }
        self.most[index] = before;
        false
    }
}

fn on(case: &Case, part: &Part, row: &Row) -> bool {
    let site = super::rows::site_of(case.problem, row.rule);
    let minute = row.slot as i32 * case.problem.slot_minutes;
    part.date
        == case.problem.sites[site]
            .zone
            .date(case.problem.instant(minute))
}

/// People who count in any of the joint rules.
fn concerned(problem: &Problem, joint: &[Part]) -> Vec<usize> {
    let rules: Vec<JointRule> = rules_of(joint);
    (0..problem.people.len())
        .filter(|&person| {
            rules.iter().any(|&rule| {
                Asked::ALL
                    .iter()
                    .any(|&asked| weight(problem, person, rule, asked) != 0.0)
            })
        })
        .collect()
}
